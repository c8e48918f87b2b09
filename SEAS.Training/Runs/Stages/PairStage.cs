using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>Chooses a round's pairs from its verdicts, people's before the guard's, and stores them.</summary>
internal static class PairStage
{
    public static void Run(LoopContext context, RunClock clock, int round)
    {
        using var progress = new StageProgress(context, clock, round, RunStage.Pairs, total: 1);
        var key = LedgerUnits.Pairs(round);
        if (context.Store.Units.Find(context.Id, key) is not null)
        {
            progress.Skip();
            return;
        }

        var book = context.Plan.HasReview ? EffectiveLabelIndex.Now(context.Store, context.Id, round) : new EffectiveLabelIndex();
        var chosen = Choose(context, round, book);
        var counts = new PairUnit(
            round, chosen.Red.Count, chosen.Target.Count, General(context.Plan, round), book.All.Count == 0 ? null : book.All);
        context.Store.Pairs.SavePairs(context.Id, key, chosen.All, StoredJson.Write(counts));
        progress.Advance(1, 0);
        progress.Finish();
        if (chosen.Red.Count == 0 || chosen.Target.Count == 0)
        {
            var whose = chosen.Red.Count == 0 ? "R" : "T";
            var text = $"Round {round} gave no pairs for {whose}: {Why(context, round)}, so {whose} learns nothing from it.";
            context.Publish(new AlertEvent(text));
        }
    }

    private static string Why(LoopContext context, int round)
    {
        var verdicts = context.Store.Attacks.Verdicts(context.Id, round);
        var harmful = verdicts.Count(verdict => verdict.Unsafe);
        return harmful == 0 ? $"all {verdicts.Count} answers were called safe"
            : harmful == verdicts.Count ? $"all {verdicts.Count} answers were called unsafe"
            : "no attack split the verdicts";
    }

    // The round's own pairs, then those that labels have since given to earlier rounds.
    private static RoundSelection Choose(LoopContext context, int round, EffectiveLabelIndex book)
    {
        bool IsFluent(AdversarialPrompt prompt) => context.Inputs.IsFluent(prompt.Text, prompt.Stopped);
        var attacks = book.Apply(JudgedAttack.Load(context.Store, context.Id, round));
        var own = RoundSelection.Of(round, attacks, context.Plan, IsFluent);
        return own.With(LatePairs.Of(context.Store, context.Id, context.Plan, IsFluent, book, round))
            .With(LatePairs.Accumulated(context.Store, context.Id, context.Plan, round));
    }

    /// <summary>General rows of a round's update of T.</summary>
    public static int General(RunPlan plan, int round)
    {
        var rows = plan.TargetUpdate.GeneralRows;
        return rows.Count == 0 ? 0 : rows[Math.Min(round, rows.Count) - 1];
    }
}
