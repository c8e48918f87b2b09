using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live.Review;

/// <summary>From which score on the guard says unsafe in a run and what scores stand for, who moved it, and for which rounds.</summary>
/// <param name="Rule">What the next round is judged by.</param>
/// <param name="Newest">The change that it rests on; null where it is the plan's.</param>
/// <param name="Before">The change before that.</param>
/// <param name="NextRound">The first round whose judging has not begun; null when none is left.</param>
public sealed record ThresholdView(GuardRule Rule, ThresholdChange? Newest, ThresholdChange? Before, int? NextRound)
{
    /// <summary>From which score on the next round's answers are unsafe.</summary>
    public double InForce => Rule.Threshold;

    /// <summary>Reads it.</summary>
    public static ThresholdView Of(Store store, Run run)
    {
        var changes = store.Review.Thresholds.Changes(run.Id);
        var newest = changes.FirstOrDefault();
        var judged = store.Review.Thresholds.Rounds(run.Id).Select(round => round.Round)
            .Concat(store.Attacks.Counts(run.Id).Where(counts => counts.Judged > 0).Select(counts => counts.Round))
            .DefaultIfEmpty(0).Max();
        var next = run.Status == RunStatus.Finished || judged >= RunPlanText.ReadKnown(run.PlanJson).Rounds ? (int?)null : judged + 1;
        return new ThresholdView(
            newest?.Rule ?? new GuardRule(RunPlanText.ReadKnown(run.PlanJson).GuardThreshold), newest, changes.Skip(1).FirstOrDefault(), next);
    }

    /// <summary>What the run's page says of it; null while the plan's threshold is in force.</summary>
    public string? Sentence(TimeProvider clock) => Newest is not { } change
        ? null
        : NextRound is { } next
            ? FormattableString.Invariant($"From round {next} on a score of {Text(InForce)} or more is unsafe: ")
                + $"{Moved(change, Before, clock)}."
            : FormattableString.Invariant($"{Moved(change, Before, clock)}; no round is left that would be judged by it.");

    /// <summary>What a round's page says of what the round was judged by; null while its judging has not begun.</summary>
    public static string? OfRound(Store store, Run run, int round, TimeProvider clock)
    {
        if (store.Review.Thresholds.Round(run.Id, round) is not { } settled)
        {
            return null;
        }

        var judged = FormattableString.Invariant($"The guard called a score of {Text(settled.Threshold)} or more unsafe in this round");
        var changes = store.Review.Thresholds.Changes(run.Id);
        var change = changes.FirstOrDefault(change => change.Id == settled.Change);
        return change is null ? $"{judged}, as planned."
            : $"{judged}: {Moved(change, changes.FirstOrDefault(before => before.Id < change.Id), clock)}.";
    }

    /// <summary>A threshold in as many digits as tell it from its neighbours.</summary>
    public static string Text(double threshold) => FormattableString.Invariant($"{threshold:0.00##}");

    private static string Moved(ThresholdChange change, ThresholdChange? before, TimeProvider clock)
    {
        var how = (before?.Rule.Scale, change.Rule.Scale) switch
        {
            var (old, now) when old == now => "moved",
            (_, { } now) => FormattableString.Invariant(
                $"calibrated the scores (log-odds × {Units.Number(now.Slope, 2)} {now.Offset:+ 0.00;− 0.00}), which moved"),
            _ => "took the calibration back, which moved",
        };
        return $"{change.Who} {how} the threshold from {Text(change.From)} to {Text(change.To)} on {Units.Moment(change.AtUtc, clock)}"
            + (change.Reason.Length > 0 ? $" ({change.Reason})" : "");
    }
}
