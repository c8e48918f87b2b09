using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>The attack of one round (paper section 3.3): each seed gives n prompts by R, each prompt m answers by T.</summary>
internal static class AttackStage
{
    public static void Run(LoopContext context, RunClock clock, int round)
    {
        var attack = context.Plan.Attack;
        var units = (attack.Seeds + attack.SeedsPerUnit - 1) / attack.SeedsPerUnit;
        using var progress = new StageProgress(context, clock, round, RunStage.Attack, attack.Seeds);
        var writer = new AttackWriter(context.Plan);
        using var red = context.OpenChatModel(ModelRole.Red, round - 1);
        using var target = context.OpenChatModel(ModelRole.Target, round - 1);
        for (var unit = 0; unit < units; unit++)
        {
            var key = new UnitKey(round, RunStage.Attack, unit);
            var seeds = Seeds(attack, unit);
            if (context.Store.Units.Find(context.Id, key) is not null)
            {
                progress.Skip(seeds.Count);
                continue;
            }

            context.Cancellation.ThrowIfCancellationRequested();
            context.Endpoints.Begin();
            var shown = seeds.ConvertAll(seed => ShownSeed.Of(context.Inputs, round, seed));
            var prompts = writer.Prompts(red, round, shown, context.Inputs.AsksHarm, context.Cancellation);
            List<MissingAnswer> missing = [];
            var responses = writer.Answers(target, round, prompts, context.Cancellation, missing);
            var tokens = prompts.Sum(prompt => (long)prompt.Tokens) + responses.Sum(response => (long)response.Tokens);
            var done = new AttackUnit(
                seeds.Count, tokens, context.Endpoints.Take(EndpointRole.Red), context.Endpoints.Take(EndpointRole.Target))
            {
                Missing = missing.Count == 0 ? null : missing,
            };
            context.Store.Attacks.SaveAttackUnit(context.Id, key, prompts, responses, StoredJson.Write(done));
            progress.Advance(seeds.Count, tokens);
        }

        progress.Finish();
    }

    /// <summary>The seeds of one unit of work.</summary>
    public static List<int> Seeds(AttackPlan attack, int unit) => [.. Enumerable.Range(
        unit * attack.SeedsPerUnit, Math.Min(attack.SeedsPerUnit, attack.Seeds - (unit * attack.SeedsPerUnit)))];
}
