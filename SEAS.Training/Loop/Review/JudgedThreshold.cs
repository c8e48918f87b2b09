using SEAS.Data.Domain;
using SEAS.Training.Hosting;

namespace SEAS.Training.Loop;

/// <summary>From which score on a round's verdicts say unsafe: the plan's threshold, or what people have moved it to.</summary>
/// <remarks>Settled in the store as the round's judging begins, so that a round stopped half way is judged to its end by one threshold,
/// whatever is applied meanwhile. The plan and its hash stay what they were.</remarks>
internal static class JudgedThreshold
{
    public static double Settle(LoopContext context, int round) => context.Store.Review.Thresholds.Freeze(
        context.Id, round, context.Plan.GuardThreshold, Used(context, round)).Threshold;

    // Verdicts of a branch come from its parent with the parent's threshold; those that name none were given by the plan's.
    private static double? Used(LoopContext context, int round) =>
        context.Store.Units.List(context.Id, round, RunStage.Judge) is [var first, ..]
            ? FeedJson.Read<JudgedUnit>(first.ResultJson).Threshold ?? context.Plan.GuardThreshold
            : null;
}
