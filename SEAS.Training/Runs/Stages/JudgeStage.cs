using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Runs.Stages;

/// <summary>The guard reads every answer of a round; where the truth can be known it is written beside the verdict.</summary>
internal static class JudgeStage
{
    // Viewers see a sample: the store holds all.
    private const int ShownPerUnit = 6;

    public static void Run(LoopContext context, RunClock clock, int round)
    {
        var prompts = context.Store.Attacks.Prompts(context.Id, round).ToDictionary(prompt => (prompt.SeedIndex, prompt.PromptIndex));
        var missing = MissingAnswer.Of(context.Store, context.Id, round);   // nothing was said that could be judged
        var units = context.Store.Attacks.Responses(context.Id, round).GroupBy(response =>
            response.SeedIndex / context.Plan.Attack.SeedsPerUnit).ToList();
        var rule = JudgedThreshold.Settle(context, round);
        using var progress = new StageProgress(context, clock, round, RunStage.Judge, units.Count);
        using var guard = context.OpenGuard();
        var endpoint = context.Plan.Endpoints.Judge;
        var checksum = endpoint is null ? WeightsChecksum.Of(context.Plan.GuardModel ?? EmbeddedWeights.Guard) : null;
        foreach (var unit in units)
        {
            var key = new UnitKey(round, RunStage.Judge, unit.Key);
            if (context.Store.Units.Find(context.Id, key) is not null)
            {
                progress.Skip();
                continue;
            }

            context.Cancellation.ThrowIfCancellationRequested();
            context.Endpoints.Begin();
            var asked = unit.Where(response => !missing.Contains((response.SeedIndex, response.PromptIndex, response.AnswerIndex)))
                .Select(response => (Response: response, Prompt: prompts[(response.SeedIndex, response.PromptIndex)])).ToList();
            var read = guard.Read(asked.ConvertAll(row => (row.Prompt.Text, row.Response.Text)), context.Cancellation);
            var rows = asked.Where((_, index) => read[index].Outcome.Counts()).ToList();
            var readings = read.Where(reading => reading.Outcome.Counts()).ToList();
            var texts = rows.ConvertAll(row => (row.Prompt.Text, row.Response.Text));
            var scores = WorsenedGuard.Scores(texts, [.. readings.Select(reading => reading.Score)], context.Plan);
            var verdicts = rows.Select((row, index) => Verdict(
                context, row.Prompt, row.Response, readings[index] with { Score = scores[index] }, rule.Threshold)).ToList();
            var words = readings.Count(reading => reading.ByWord);
            if (endpoint is not null && words > 0)
            {
                context.Endpoints.WarnOfWords(endpoint);
            }

            context.Store.Attacks.SaveVerdictUnit(context.Id, key, verdicts,
                StoredJson.Write(new JudgedUnit(
                verdicts.Count(verdict => verdict.Unsafe), rule.Threshold, checksum, rule.Scale,
                context.Endpoints.Take(EndpointRole.Judge), endpoint is null ? null : words)
                {
                    Unscored = read.Count == rows.Count ? null : read.Count - rows.Count,
                }));
            Show(context, rows, verdicts);
            progress.Advance(1, rows.Sum(row => (long)row.Response.Tokens + row.Prompt.Tokens));
        }

        progress.Finish();
    }

    private static Verdict Verdict(
        LoopContext context, AdversarialPrompt prompt, TargetResponse response, GuardReading read, double threshold) => new(
        response.Round, response.SeedIndex, response.PromptIndex, response.AnswerIndex, read.Score, read.Score >= threshold,
        read.Categories,
        context.Inputs.Kind(prompt.Text, response.Text)?.ToString(), context.Inputs.TrulyUnsafe(prompt.Text, response.Text));

    private static void Show(LoopContext context, List<(TargetResponse Response, AdversarialPrompt Prompt)> rows, List<Verdict> verdicts)
    {
        var step = Math.Max(1, rows.Count / ShownPerUnit);
        for (var i = 0; i < rows.Count; i += step)
        {
            var (response, prompt) = rows[i];
            context.Publish(new AttackEvent(
                response.Round, response.SeedIndex, response.PromptIndex, response.AnswerIndex, prompt.Category, prompt.Text, response.Text,
                verdicts[i].Score, verdicts[i].Unsafe, verdicts[i].TrulyUnsafe));
        }
    }
}
