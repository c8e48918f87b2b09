using System.Text.Json;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Restoring;

/// <summary>Reads a round's frozen rows back into what they were written from.</summary>
internal sealed class RestoredRows(RestoredSource source, DatasetManifest round, CancellationToken cancellation)
{
    public IEnumerable<JsonElement> Of(string file)
    {
        foreach (var row in source.Rows(round, file))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public IEnumerable<AdversarialPrompt> Prompts() => Of(FrozenFiles.Attacks).Select(row =>
    {
        var id = Id<PromptId>(row, "id");
        return new AdversarialPrompt(
            id.Round, id.Seed, id.Prompt, Text(row, "category"), Text(row, "prompt"), Number(row, "tokens"), Truth(row, "stopped"),
            MaybeTruth(row, "asks_harm"), Text(row, "seed_prompt"));
    });

    public IEnumerable<TargetResponse> Responses() => Of(FrozenFiles.Answers).Select(row =>
    {
        var id = Id<AnswerId>(row, "id");
        return new TargetResponse(
            id.Round, id.Seed, id.Prompt, id.Answer, Text(row, "answer"), Number(row, "tokens"), Truth(row, "stopped"));
    });

    public IEnumerable<Verdict> Verdicts() => Of(FrozenFiles.Verdicts).Select(row =>
    {
        var on = Id<VerdictId>(row, "id").On;
        return new Verdict(
            on.Round, on.Seed, on.Prompt, on.Answer, row.GetProperty("score").GetDouble(), Text(row, "guard_label") == "unsafe",
            Categories: null, MaybeText(row, "true_kind"), MaybeText(row, "true_label") is { } label ? label == "unsafe" : null);
    });

    public IEnumerable<PreferencePair> Pairs() => new[] { FrozenFiles.RedPairs, FrozenFiles.TargetPairs }.SelectMany(Of).Select(row =>
    {
        var id = Id<PairId>(row, "id");
        var sources = PairSource.Write(
            Source(row, "chosen_id") with { IsCorrected = Truth(row, "corrected") }, Source(row, "rejected_id"));
        return new PreferencePair(
            id.Round, id.Role, id.Pair, Text(row, "prompt"), Text(row, "chosen"), Text(row, "rejected"), sources);
    });

    public IEnumerable<SetAnswer> SetAnswers() => Of(FrozenFiles.SetAnswers).Select(row =>
    {
        var id = Id<SetAnswerId>(row, "id");
        return new SetAnswer(
            id.Round, id.Set, id.Row, Text(row, "prompt"), Text(row, "category"),
            MaybeText(row, "expected") is { } expected ? expected == "safe" : null, Text(row, "output"), Number(row, "tokens"),
            Truth(row, "stopped"), row.GetProperty("score").GetDouble(), Text(row, "guard_label") == "unsafe",
            MaybeText(row, "behaviour"));
    });

    public IEnumerable<TuningStep> Steps() => Of(FrozenFiles.Steps).Select(row =>
    {
        var id = Id<StepId>(row, "id");
        return new TuningStep(id.Round, id.Role, id.Step, Places(row, "pairs"), Places(row, "general"));
    });

    public IEnumerable<MetricPoint> Metrics() => Of(FrozenFiles.Metrics).Select(row => new MetricPoint(
        Text(row, "name"), Number(row, "round"), row.GetProperty("step").GetInt64(),
        row.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : double.NaN, round.FrozenUtc));

    public IEnumerable<FinishedUnit> Units() => Of(FrozenFiles.Ledger).Select(row => new FinishedUnit(
        new UnitKey(Number(row, "round"), Enum.Parse<RunStage>(Text(row, "stage")), Number(row, "index")),
        row.GetProperty("result").GetRawText(), round.FrozenUtc));

    /// <exception cref="FormatException">It names a row of another kind.</exception>
    public static T Id<T>(JsonElement row, string column)
        where T : RowId => RowId.Parse(Text(row, column)) as T
            ?? throw new FormatException($"{Text(row, column)} in the column {column} names a row of another kind.");

    public static string Text(JsonElement row, string column) =>
        row.GetProperty(column).GetString() ?? throw new FormatException($"The column {column} holds no text.");

    public static string? MaybeText(JsonElement row, string column) => row.GetProperty(column).GetString();

    public static int Number(JsonElement row, string column) => row.GetProperty(column).GetInt32();

    public static bool Truth(JsonElement row, string column) => row.GetProperty(column).GetBoolean();

    private static bool? MaybeTruth(JsonElement row, string column) =>
        row.GetProperty(column) is { ValueKind: not JsonValueKind.Null } value ? value.GetBoolean() : null;

    private static PairSource Source(JsonElement row, string column) => RowId.Parse(Text(row, column)) switch
    {
        PromptId prompt => new PairSource(prompt.Round, prompt.Seed, prompt.Prompt, Answer: null, IsCorrected: false),
        AnswerId answer => new PairSource(answer.Round, answer.Seed, answer.Prompt, answer.Answer, IsCorrected: false),
        _ => throw new FormatException($"{Text(row, column)} is neither a prompt nor an answer."),
    };

    private static List<int> Places(JsonElement row, string column) =>
        [.. row.GetProperty(column).EnumerateArray().Select(place => place.GetInt32())];
}
