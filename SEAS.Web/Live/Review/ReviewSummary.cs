using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;

namespace SEAS.Web.Live.Review;

/// <summary>The review of one run, in a list.</summary>
/// <param name="Run">The run.</param>
/// <param name="Items">Items that came to review.</param>
/// <param name="Left">Items that have fewer labels than asked for.</param>
/// <param name="Conflicts">Items on which people do not agree.</param>
/// <param name="Reasons">Why they came, and how many of each still wait.</param>
/// <param name="People">Who has items in hand now.</param>
public sealed record ReviewSummary(
    Run Run, long Items, long Left, long Conflicts, IReadOnlyList<ReasonCount> Reasons, IReadOnlyList<string> People)
{
    /// <summary>All runs with items, the newest first.</summary>
    public static IReadOnlyList<ReviewSummary> All(Store store) =>
        [.. store.Runs.List().Select(run => Of(store, run)).Where(summary => summary.Items > 0)];

    /// <summary>Items that wait in all runs.</summary>
    public static long Waiting(Store store) => store.Runs.List().Sum(run => Unfinished(store, run.Id));

    /// <summary>Items of a run that have fewer labels than asked for.</summary>
    public static long Unfinished(Store store, RunId run) => Unfinished(store.Review.Items.CountsByState(run));

    private static ReviewSummary Of(Store store, Run run)
    {
        var states = store.Review.Items.CountsByState(run.Id);
        return new ReviewSummary(
            run,
            states.Sum(state => state.Items),
            Unfinished(states),
            states.Where(state => state.State == ReviewState.Conflict).Sum(state => state.Items),
            store.Review.Items.CountsByReason(run.Id),
            [.. store.Review.Queue.Holders(run.Id).Select(holder => holder.Annotator)]);
    }

    private static long Unfinished(IEnumerable<StateCount> states) =>
        states.Where(state => state.State is ReviewState.Pending or ReviewState.Partial).Sum(state => state.Items);
}
