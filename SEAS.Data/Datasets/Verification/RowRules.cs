using System.Text.Json;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Verification;

/// <summary>What must hold of each row of a file: its columns, its id, and whom it names as where it comes from.</summary>
internal static class RowRules
{
    // Files for strict readers: exactly these keys, in this order.
    private static readonly Dictionary<string, string[]> s_strict = new(StringComparer.Ordinal)
    {
        ["dpo_target.jsonl"] = ["prompt", "chosen", "rejected"],
        ["dpo_red.jsonl"] = ["prompt", "chosen", "rejected"],
        ["dpo_target.conversational.jsonl"] = ["prompt", "chosen", "rejected"],
        ["dpo_red.conversational.jsonl"] = ["prompt", "chosen", "rejected"],
        ["dpo_target.json"] = ["instruction", "input", "chosen", "rejected"],
        ["dpo_red.json"] = ["instruction", "input", "chosen", "rejected"],
        ["dpo_target_sharegpt.json"] = ["conversations", "chosen", "rejected"],
        ["dpo_red_sharegpt.json"] = ["conversations", "chosen", "rejected"],
        ["kto.jsonl"] = ["prompt", "completion", "label"],
        ["kto.json"] = ["instruction", "input", "output", "kto_tag"],
        ["sft.jsonl"] = ["messages"],
        ["seeds.jsonl"] = ["prompt", "category"],
    };

    // Where the rows of a file come from: the column that says so, and the file that holds those rows.
    private static readonly Dictionary<string, (string Column, string[] In)[]> s_parents = new(StringComparer.Ordinal)
    {
        [FrozenFiles.Answers] = [("prompt_id", [FrozenFiles.Attacks])],
        [FrozenFiles.Verdicts] = [("attempt_id", [FrozenFiles.Answers])],
        [FrozenFiles.Labels] = [("parent", [FrozenFiles.Answers, FrozenFiles.Attacks])],
        [FrozenFiles.Decisions] = [("parent", [FrozenFiles.Answers, FrozenFiles.Attacks])],
        [FrozenFiles.RedPairs] = [("chosen_id", [FrozenFiles.Attacks]), ("rejected_id", [FrozenFiles.Attacks])],
        [FrozenFiles.TargetPairs] = [("chosen_id", [FrozenFiles.Answers]), ("rejected_id", [FrozenFiles.Answers])],
        ["dpo_red.ids.jsonl"] = [("id", [FrozenFiles.RedPairs])],
        ["dpo_target.ids.jsonl"] = [("id", [FrozenFiles.TargetPairs])],
        ["kto.ids.jsonl"] = [("id", [FrozenFiles.Verdicts])],
        ["seeds.ids.jsonl"] = [("id", [FrozenFiles.Attacks])],
        ["sft.ids.jsonl"] = [("id", [FrozenFiles.TargetPairs, FrozenFiles.General])],
    };

    /// <summary>What is wrong with a row's columns; null if nothing is.</summary>
    /// <param name="file">The table's name as lines of JSON.</param>
    /// <param name="row">The row.</param>
    /// <param name="isFlat">Whether what is nested is written as a text.</param>
    public static string? Columns(string file, JsonElement row, bool isFlat = false)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return $"should be an object but is {row.ValueKind.ToString().ToLowerInvariant()}";
        }

        if (s_strict.TryGetValue(file, out var keys))
        {
            var found = row.EnumerateObject().Select(member => member.Name).ToList();
            return found.SequenceEqual(keys, StringComparer.Ordinal)
                ? null
                : $"should have exactly the keys {string.Join(", ", keys)} but has {string.Join(", ", found)}";
        }

        return FrozenColumns.Of(file) is { } columns ? Columns(columns, row, isFlat) : null;
    }

    /// <summary>Whom a row names as where it comes from, and the files that should hold them.</summary>
    public static IEnumerable<(string Id, string[] In)> Parents(string file, JsonElement row) =>
        s_parents.GetValueOrDefault(file, [])
            .Where(parent => row.TryGetProperty(parent.Column, out var id) && id.ValueKind == JsonValueKind.String)
            .Select(parent => (row.GetProperty(parent.Column).GetString()!, parent.In));

    /// <summary>Whether the rows of a file are rows of a run, with ids of their own.</summary>
    public static bool HasIds(string file) =>
        FrozenColumns.Of(file) is [("id", _), ..];

    /// <summary>What is wrong with an id; null if nothing is.</summary>
    public static string? Id(string? id, string run) => RowId.TryParse(id) switch
    {
        null => $"its id should be one of {RowId.Forms} but is {id ?? "missing"}",
        { } known when known.Run.Value != run => $"its id should begin with the run {run} but is {id}",
        _ => null,
    };

    private static string? Columns(IReadOnlyList<(string Name, ColumnKinds Kinds)> columns, JsonElement row, bool isFlat)
    {
        var at = 0;
        foreach (var member in row.EnumerateObject())
        {
            if (at >= columns.Count || member.Name != columns[at].Name)
            {
                return $"column {at + 1} should be {(at < columns.Count ? columns[at].Name : "the last")} but is {member.Name}";
            }

            var kinds = isFlat ? Flat(columns[at].Kinds) : columns[at].Kinds;
            if (!kinds.HasFlag(Kind(member.Value)))
            {
                return $"{member.Name} should be {kinds.ToString().ToLowerInvariant()} but is "
                    + $"{Kind(member.Value).ToString().ToLowerInvariant()}";
            }

            at++;
        }

        return at == columns.Count ? null : $"column {at + 1} should be {columns[at].Name} but is missing";
    }

    private static ColumnKinds Flat(ColumnKinds kinds) =>
        kinds.HasFlag(ColumnKinds.Nested) ? (kinds & ~ColumnKinds.Nested) | ColumnKinds.Text : kinds;

    private static ColumnKinds Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ColumnKinds.Text,
        JsonValueKind.Number => ColumnKinds.Number,
        JsonValueKind.True or JsonValueKind.False => ColumnKinds.Truth,
        JsonValueKind.Null => ColumnKinds.Nothing,
        _ => ColumnKinds.Nested,
    };
}
