using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Lineage;

/// <summary>The links from a seed to a verdict.</summary>
internal sealed class AttackLinks(RunRows rows)
{
    public LineageLink Seed(SeedId id, AdversarialPrompt first) => new(
        id, LineageKind.Seed, [], [new LineageText("shown to R", first.SeedText)],
        [
            new LineageFact("round", id.Round),
            new LineageFact("category", first.Category),
            new LineageFact("from", rows.Plan.SeedSet?.Name ?? rows.Plan.SeedFile ?? "the embedded world"),
            new LineageFact("stream", Stream($"round-{id.Round}/seeds", id.Seed)),
        ]);

    public LineageLink Prompt(AdversarialPrompt prompt)
    {
        var id = PromptId.Of(rows.Run.Id, prompt);
        return new LineageLink(
            id, LineageKind.Prompt, [id.From, rows.Writer(id.From)], [new LineageText("prompt", prompt.Text)],
            [
                new LineageFact("category", prompt.Category),
                .. WrittenBy(rows.Writer(id.From), id.From),
                .. Sampling(AttackWriter.PromptSampling(rows.Plan.Attack)),
                new LineageFact("stream", Stream(AttackWriter.PromptStream(id.Round), id.Seed, id.Prompt)),
                new LineageFact("tokens", prompt.Tokens),
                new LineageFact("ended_by_model", prompt.Stopped),
                .. LineageFact.If("asks_harm_by_truth", prompt.AsksHarm),
            ]);
    }

    public LineageLink Answer(TargetResponse response)
    {
        var id = AnswerId.Of(rows.Run.Id, response);
        return new LineageLink(
            id, LineageKind.Answer, [id.To, rows.Answerer(id.To)], [new LineageText("answer", response.Text)],
            [
                .. WrittenBy(rows.Answerer(id.To), id.To.From),
                .. Sampling(AttackWriter.AnswerSampling(rows.Plan.Attack)),
                new LineageFact("stream", Stream(AttackWriter.AnswerStream(id.Round), id.Seed, id.Prompt, id.Answer)),
                new LineageFact("tokens", response.Tokens),
                new LineageFact("ended_by_model", response.Stopped),
            ]);
    }

    public LineageLink Verdict(Verdict verdict, bool? inEffect)
    {
        var id = new AnswerId(rows.Run.Id, verdict.Round, verdict.SeedIndex, verdict.PromptIndex, verdict.AnswerIndex);
        var unit = rows.Store.Units.Find(
            rows.Run.Id, new UnitKey(verdict.Round, RunStage.Judge, rows.Unit(verdict.SeedIndex)));
        var judged = unit is null ? null : StoredJson.Read<JudgedUnit>(unit.ResultJson);
        return new LineageLink(
            id.Verdict, LineageKind.Verdict, [id], [],
            [
                new LineageFact("guard", rows.Plan.Endpoints.Judge?.Name ?? rows.Plan.GuardModel ?? "the embedded guard"),
                .. LineageFact.If("answered_by", judged?.Endpoint?.AnsweredBy),
                .. LineageFact.If("guard_sha256", judged?.GuardSha256),
                .. LineageFact.If("made_worse_for_a_study", rows.Plan.GuardFlipShare > 0 ? rows.Plan.GuardFlipShare : null),
                new LineageFact("score", verdict.Score),
                new LineageFact("threshold", judged?.Threshold ?? rows.Plan.GuardThreshold),
                .. LineageFact.If("calibrated", Calibrated(judged?.Scale, verdict.Score)),
                new LineageFact("says", Word(verdict.Unsafe)),
                .. LineageFact.If("in_effect", inEffect is { } said ? $"{Word(said)}, by people" : $"{Word(verdict.Unsafe)}, by the guard"),
                .. LineageFact.If("categories", verdict.Categories),
                .. LineageFact.If("truth", verdict.TrulyUnsafe is { } truly ? Word(truly) : null),
                .. LineageFact.If("truth_kind", verdict.TrueKind),
            ]);
    }

    private static double? Calibrated(ScoreScale? scale, double score) =>
        scale is null ? null : new PlattScaling(scale.Slope, scale.Offset).Apply(score);

    private IEnumerable<LineageFact> WrittenBy(CheckpointId writer, SeedId seed) =>
    [
        new LineageFact("written_by", writer.ToString()),
        .. LineageFact.If("endpoint", rows.Plan.Endpoints.Of(writer.Role)?.Name),
        .. LineageFact.If("answered_by", rows.Asked(writer.Role, seed)?.AnsweredBy),
        .. LineageFact.If("weights_sha256", rows.Store.Checkpoints.Find(rows.Run.Id, writer.Role, writer.Iteration)?.Sha256),
    ];

    private static IEnumerable<LineageFact> Sampling(SamplingSettings sampling) =>
    [
        new LineageFact("temperature", sampling.Temperature),
        new LineageFact("top_p", sampling.TopP),
        new LineageFact("top_k", sampling.TopK),
        new LineageFact("max_tokens", sampling.MaxNewTokens),
    ];

    private StreamKey Stream(string stage, params IReadOnlyList<long> indices) => new(rows.Plan.Seed, stage, indices);

    private static string Word(bool isUnsafe) => isUnsafe ? "unsafe" : "safe";
}
