using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Runs.Stages;

/// <summary>From which score on a round's verdicts say unsafe, and what scores stand for: as planned, or as people have moved it.</summary>
/// <remarks>Settled in the store as the round's judging begins, so that a round stopped half way is judged to its end by one threshold,
/// whatever is applied meanwhile. The plan and its hash stay what they were.</remarks>
internal static class JudgedThreshold
{
    public static GuardRule Settle(LoopContext context, int round) => context.Store.Review.Thresholds.Freeze(
        context.Id, round, new GuardRule(context.Plan.GuardThreshold), Used(context, round)).Rule;

    // Verdicts of a branch come from its parent with the parent's threshold; those that name none were given by the plan's.
    private static GuardRule? Used(LoopContext context, int round)
    {
        if (context.Store.Units.List(context.Id, round, RunStage.Judge) is not [var first, ..])
        {
            return null;
        }

        var judged = StoredJson.Read<JudgedUnit>(first.ResultJson);
        return new GuardRule(judged.Threshold ?? context.Plan.GuardThreshold, judged.Scale);
    }
}
