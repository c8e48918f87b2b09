using SEAS.Data;
using SEAS.Data.Domain;
using SEAS.Data.Review;

namespace SEAS.Web.Live.Review;

/// <summary>From which score on the guard says unsafe in a run, who moved it, and for which rounds.</summary>
/// <param name="InForce">What the next round is judged by.</param>
/// <param name="Newest">The change that it rests on; null where it is the plan's.</param>
/// <param name="NextRound">The first round whose judging has not begun; null when none is left.</param>
public sealed record ThresholdView(double InForce, ThresholdChange? Newest, int? NextRound)
{
    /// <summary>Reads it.</summary>
    public static ThresholdView Of(Store store, Run run)
    {
        var newest = store.Review.Thresholds.Changes(run.Id).FirstOrDefault();
        var judged = store.Review.Thresholds.Rounds(run.Id).Select(round => round.Round)
            .Concat(store.Attacks.Counts(run.Id).Where(counts => counts.Judged > 0).Select(counts => counts.Round))
            .DefaultIfEmpty(0).Max();
        var next = run.Status == RunStatus.Finished || judged >= PlannedRounds.Of(run) ? (int?)null : judged + 1;
        return new ThresholdView(newest?.To ?? PlannedReview.Of(run).Threshold, newest, next);
    }

    /// <summary>What the run's page says of it; null while the plan's threshold is in force.</summary>
    public string? Sentence(TimeProvider clock) => Newest is not { } change
        ? null
        : NextRound is { } next
            ? FormattableString.Invariant($"From round {next} on a score of {Text(InForce)} or more is unsafe: {Moved(change, clock)}.")
            : FormattableString.Invariant($"{Moved(change, clock)}; no round is left that would be judged by it.");

    /// <summary>What a round's page says of what the round was judged by; null while its judging has not begun.</summary>
    public static string? OfRound(Store store, Run run, int round, TimeProvider clock)
    {
        if (store.Review.Thresholds.Round(run.Id, round) is not { } settled)
        {
            return null;
        }

        var judged = FormattableString.Invariant($"The guard called a score of {Text(settled.Threshold)} or more unsafe in this round");
        var change = store.Review.Thresholds.Changes(run.Id).FirstOrDefault(change => change.Id == settled.Change);
        return change is null ? $"{judged}, as planned." : $"{judged}: {Moved(change, clock)}.";
    }

    /// <summary>A threshold in as many digits as tell it from its neighbours.</summary>
    public static string Text(double threshold) => FormattableString.Invariant($"{threshold:0.00##}");

    private static string Moved(ThresholdChange change, TimeProvider clock) =>
        $"{change.Who} moved the threshold from {Text(change.From)} to {Text(change.To)} on {Units.Moment(change.AtUtc, clock)}";
}
