using System.Globalization;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Review.Files;

namespace SEAS.Data.Datasets.Restoring;

/// <summary>Reads a frozen decision back, with its item as far as lineage knows it: what only the queue needs is left out.</summary>
internal static class RestoredDecision
{
    /// <exception cref="FormatException">A column holds what it cannot.</exception>
    public static FrozenDecision Read(RunId run, JsonElement row)
    {
        var at = DateTimeOffset.Parse(
            RestoredRows.Text(row, LabelColumns.At), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        var item = Item(run, row, at);
        var replaces = RestoredRows.MaybeText(row, "replaces") is null ? null : (long?)RestoredRows.Id<LabelId>(row, "replaces").Decision;
        var decision = new Decision(
            RestoredRows.Id<LabelId>(row, "id").Decision,
            run,
            item.Key,
            RestoredRows.Text(row, LabelColumns.Annotator),
            Required<DecisionKind>(row, LabelColumns.Decision),
            Answers(row),
            row.GetProperty(LabelColumns.Seconds).GetDouble(),
            RestoredRows.MaybeText(row, "reason"),
            RestoredRows.Number(row, "guideline_version"),
            RestoredRows.Truth(row, "suggestion_shown"),
            Required<DecisionOrigin>(row, "origin"),
            RestoredRows.MaybeText(row, "batch"),
            at,
            replaces);
        return new FrozenDecision(item, decision, RestoredRows.Truth(row, "stands"));
    }

    private static LabelAnswers Answers(JsonElement row) => new()
    {
        Safety = Word<SafetyLabel>(row, LabelColumns.Safety),
        Behaviour = Word<BehaviourLabel>(row, LabelColumns.Behaviour),
        Prompt = Word<PromptLabel>(row, LabelColumns.PromptLabel),
        Category = RestoredRows.MaybeText(row, LabelColumns.Category),
        Style = RestoredRows.MaybeText(row, LabelColumns.Style),
        Note = RestoredRows.MaybeText(row, LabelColumns.Note),
        Corrected = RestoredRows.MaybeText(row, LabelColumns.Corrected),
        Invalid = RestoredRows.Truth(row, LabelColumns.Invalid),
    };

    private static ReviewItem Item(RunId run, JsonElement row, DateTimeOffset at)
    {
        var answer = RestoredRows.Number(row, LabelColumns.AnswerIndex);
        var guard = RestoredRows.MaybeText(row, LabelColumns.GuardLabel);
        return new ReviewItem(
            row.GetProperty("item").GetInt64(),
            run,
            Required<ReviewSource>(row, LabelColumns.Source),
            RestoredRows.Number(row, LabelColumns.Round),
            answer < 0 ? ReviewKind.Prompt : ReviewKind.Answer,
            RestoredRows.Number(row, LabelColumns.Seed),
            RestoredRows.Number(row, LabelColumns.PromptIndex),
            answer,
            RestoredRows.Text(row, "type"),
            RestoredRows.Text(row, LabelColumns.Prompt),
            RestoredRows.Text(row, LabelColumns.Answer),
            row.GetProperty(LabelColumns.Score) is { ValueKind: JsonValueKind.Number } score ? score.GetDouble() : null,
            guard is null ? null : guard == "unsafe",
            Reasons: default,
            Uncertainty: 0,
            PairsAtStake: 0,
            Value: 0,
            Group: "",
            RestoredRows.Text(row, LabelColumns.ContentHash),
            ReviewState.Pending,
            Submissions: 0,
            RestoredRows.Number(row, "wanted"),
            at);
    }

    private static T Required<T>(JsonElement row, string column)
        where T : struct, Enum => Word<T>(row, column) ?? throw Unknown<T>(column, found: null);

    private static T? Word<T>(JsonElement row, string column)
        where T : struct, Enum => RestoredRows.MaybeText(row, column) is not { } text
            ? null
            : LabelNames.Read<T>(text) ?? throw Unknown<T>(column, text);

    private static FormatException Unknown<T>(string column, string? found)
        where T : struct, Enum =>
        new($"The column {column} should hold one of {LabelNames.Choices<T>()} but holds {found ?? "nothing"}.");
}
