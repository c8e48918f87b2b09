using SEAS.Data.Contracts.Ids;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Lineage;

/// <summary>The link of an answer to a row of an imported evaluation set: weights and a set's row in, figures out.</summary>
internal sealed class SetLinks(RunRows rows)
{
    public LineageLink Answer(SetAnswerId id)
    {
        var answer = rows.Require(rows.Store.SetAnswers.Rows(id.Run, id.Round, id.Set, id.Row, id.Row).FirstOrDefault(), id);
        var unit = SetMeasurement.UnitOf(rows.Store, id.Run, id.Round, id.Set, id.Row);
        var set = rows.Plan.EvaluationSets[id.Set];
        var sampling = SetMeasurement.Sampling(rows.Plan);
        return new LineageLink(
            id, LineageKind.Measurement, [id.By], [new LineageText("prompt", answer.Prompt), new LineageText("answer", answer.Answer)],
            [
                new LineageFact("set", set.Name),
                new LineageFact("set_content_sha256", set.Content),
                new LineageFact("set_row", id.Row),
                new LineageFact("category", answer.Category),
                .. LineageFact.If("set_says", answer.IsSafe is { } isSafe ? isSafe ? "safe to answer" : "harmful" : null),
                new LineageFact("written_by", id.By.ToString()),
                .. LineageFact.If(
                    "weights_sha256", rows.Store.Checkpoints.Find(id.Run, id.By.Role, id.By.Iteration)?.Sha256),
                new LineageFact("temperature", sampling.Temperature),
                new LineageFact("max_tokens", sampling.MaxNewTokens),
                new LineageFact("tokens", answer.Tokens),
                new LineageFact("ended_by_model", answer.Stopped),
                .. LineageFact.If("endpoint", rows.Plan.Endpoints.Target?.Name),
                .. LineageFact.If("answered_by", unit?.Target?.AnsweredBy),
                new LineageFact("guard", rows.Plan.Endpoints.Judge?.Name ?? rows.Plan.GuardModel ?? "the embedded guard"),
                .. LineageFact.If("guard_sha256", unit?.GuardSha256),
                .. LineageFact.If("guard_answered_by", unit?.Judge?.AnsweredBy),
                new LineageFact("score", answer.Score),
                new LineageFact("threshold", rows.Plan.GuardThreshold),
                new LineageFact("says", answer.Unsafe ? "unsafe" : "safe"),
                .. LineageFact.If("behaviour", answer.Behaviour),
            ]);
    }
}
