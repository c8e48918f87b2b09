using SEAS.Data.Review.Files;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>What may stand in a column.</summary>
[Flags]
internal enum ColumnKinds
{
    Text = 1,
    Number = 2,
    Truth = 4,
    Nested = 8,
    Nothing = 16,
}

/// <summary>The columns of the frozen files in their order, and what may stand in them.</summary>
internal static class FrozenColumns
{
    private const ColumnKinds MaybeText = ColumnKinds.Text | ColumnKinds.Nothing;
    private const ColumnKinds MaybeTruth = ColumnKinds.Truth | ColumnKinds.Nothing;
    private const ColumnKinds MaybeNumber = ColumnKinds.Number | ColumnKinds.Nothing;

    private static readonly (string Name, ColumnKinds Kinds)[] s_pair =
    [
        ("id", ColumnKinds.Text), ("round", ColumnKinds.Number), ("category", MaybeText), ("prompt", ColumnKinds.Text),
        ("chosen", ColumnKinds.Text), ("rejected", ColumnKinds.Text), ("chosen_id", ColumnKinds.Text), ("rejected_id", ColumnKinds.Text),
        ("corrected", ColumnKinds.Truth), ("confirmed", ColumnKinds.Truth),
    ];

    private static readonly Dictionary<string, (string Name, ColumnKinds Kinds)[]> s_files = new(StringComparer.Ordinal)
    {
        [FrozenFiles.Attacks] =
        [
            ("id", ColumnKinds.Text), ("round", ColumnKinds.Number), ("seed_id", ColumnKinds.Text), ("prompt", ColumnKinds.Text),
            ("category", ColumnKinds.Text), ("attack_style", MaybeText), ("red_checkpoint", ColumnKinds.Text),
            ("sampling", ColumnKinds.Nested), ("seed_prompt", ColumnKinds.Text), ("tokens", ColumnKinds.Number),
            ("stopped", ColumnKinds.Truth), ("asks_harm", MaybeTruth), ("confirmed", ColumnKinds.Truth),
        ],
        [FrozenFiles.Answers] =
        [
            ("id", ColumnKinds.Text), ("round", ColumnKinds.Number), ("prompt_id", ColumnKinds.Text), ("category", ColumnKinds.Text),
            ("answer", ColumnKinds.Text), ("target_checkpoint", ColumnKinds.Text), ("sampling", ColumnKinds.Nested),
            ("tokens", ColumnKinds.Number), ("stopped", ColumnKinds.Truth), ("confirmed", ColumnKinds.Truth),
        ],
        [FrozenFiles.Verdicts] =
        [
            ("id", ColumnKinds.Text), ("attempt_id", ColumnKinds.Text), ("prompt", ColumnKinds.Text), ("output", ColumnKinds.Text),
            ("score", ColumnKinds.Number), ("label", ColumnKinds.Text), ("category", ColumnKinds.Text), ("detector", ColumnKinds.Text),
            ("generator", ColumnKinds.Text), ("run_id", ColumnKinds.Text), ("human_label", MaybeText), ("annotator", MaybeText),
            ("edited_at", MaybeText), ("guard_label", ColumnKinds.Text), ("threshold", ColumnKinds.Number),
            ("prompt_invalid", ColumnKinds.Truth), ("label_ids", ColumnKinds.Nested), ("true_kind", MaybeText), ("true_label", MaybeText),
            ("confirmed", ColumnKinds.Truth),
        ],
        [FrozenFiles.Labels] =
        [
            ("id", ColumnKinds.Text), ("parent", MaybeText), ("type", ColumnKinds.Text),
            .. LabelColumns.All.Select(column => (column, ColumnKinds.Text | ColumnKinds.Number | ColumnKinds.Truth | ColumnKinds.Nothing)),
        ],
        [FrozenFiles.RedPairs] = s_pair,
        [FrozenFiles.TargetPairs] = s_pair,
        [FrozenFiles.General] =
        [
            ("id", ColumnKinds.Text), ("round", ColumnKinds.Number), ("role", ColumnKinds.Text), ("prompt", ColumnKinds.Text),
            ("answer", ColumnKinds.Text),
        ],
        [FrozenFiles.Metrics] =
        [
            ("name", ColumnKinds.Text), ("round", ColumnKinds.Number), ("step", ColumnKinds.Number), ("value", MaybeNumber),
        ],
        [FrozenFiles.SetAnswers] =
        [
            ("id", ColumnKinds.Text), ("round", ColumnKinds.Number), ("set", ColumnKinds.Text), ("row", ColumnKinds.Number),
            ("category", ColumnKinds.Text), ("expected", MaybeText), ("prompt", ColumnKinds.Text), ("output", ColumnKinds.Text),
            ("behaviour", MaybeText), ("score", ColumnKinds.Number), ("guard_label", ColumnKinds.Text),
            ("threshold", ColumnKinds.Number), ("detector", ColumnKinds.Text), ("generator", ColumnKinds.Text),
            ("sampling", ColumnKinds.Nested), ("tokens", ColumnKinds.Number), ("stopped", ColumnKinds.Truth),
        ],
        [FrozenFiles.Evaluation] = [("round", ColumnKinds.Number), ("evaluation", ColumnKinds.Nested)],
        [FrozenFiles.Decisions] =
        [
            ("id", ColumnKinds.Text), ("parent", MaybeText), ("type", ColumnKinds.Text),
            .. LabelColumns.All.Select(column => (column, ColumnKinds.Text | ColumnKinds.Number | ColumnKinds.Truth | ColumnKinds.Nothing)),
            ("item", ColumnKinds.Number), ("wanted", ColumnKinds.Number), ("origin", ColumnKinds.Text), ("reason", MaybeText),
            ("guideline_version", ColumnKinds.Number), ("suggestion_shown", ColumnKinds.Truth), ("batch", MaybeText),
            ("replaces", MaybeText), ("stands", ColumnKinds.Truth),
        ],
        [FrozenFiles.Steps] =
        [
            ("id", ColumnKinds.Text), ("round", ColumnKinds.Number), ("role", ColumnKinds.Text), ("step", ColumnKinds.Number),
            ("pairs", ColumnKinds.Nested), ("general", ColumnKinds.Nested),
        ],
        [FrozenFiles.Ledger] =
        [
            ("round", ColumnKinds.Number), ("stage", ColumnKinds.Text), ("index", ColumnKinds.Number), ("result", ColumnKinds.Nested),
        ],
    };

    /// <summary>The columns of a file; null for a file that is none of the frozen ones.</summary>
    public static IReadOnlyList<(string Name, ColumnKinds Kinds)>? Of(string file) => s_files.GetValueOrDefault(file);

    /// <summary>The names alone.</summary>
    public static IReadOnlyList<string> Names(string file) => Array.ConvertAll(s_files[file], column => column.Name);
}
