using SEAS.Training.Measures;

namespace SEAS.Training.Lab.ReviewStudy;

/// <summary>One kind of run of a study, over its seeds.</summary>
/// <param name="Order">Which items were labelled.</param>
/// <param name="Labels">Labels a round.</param>
/// <param name="Seeds">Runs.</param>
/// <param name="Wrong">Wrong pairs / pairs of all of them, with interval.</param>
/// <param name="TrueAsr">Mean of the last targets' attack success on held-out prompts, by truth; null where nothing was tuned.</param>
/// <param name="TrueMatrixAsr">The same for the prompts of the last attackers.</param>
/// <param name="OverRefusal">Mean share of harmless requests that the last targets refuse.</param>
public sealed record ReviewStudyMean(
    AnnotatorOrder Order, int Labels, int Seeds, Proportion Wrong, double? TrueAsr, double? TrueMatrixAsr, double? OverRefusal);

/// <summary>How many labels another order needs for what the queue's achieves.</summary>
/// <param name="Labels">Labels a round in the queue's order.</param>
/// <param name="Than">The other order.</param>
/// <param name="Needed">Labels a round that give it the same share of wrong pairs, linear between what was measured; null if none
/// did.</param>
public sealed record ReviewStudySaving(int Labels, AnnotatorOrder Than, double? Needed);

/// <summary>A study over all its seeds.</summary>
public static class ReviewStudySummary
{
    /// <summary>A row for each order and number of labels, in the order of the numbers.</summary>
    public static IReadOnlyList<ReviewStudyMean> Means(IEnumerable<ReviewStudyRow> rows) =>
        [.. rows.GroupBy(row => (row.Labels, row.Order)).OrderBy(kind => kind.Key.Labels).ThenBy(kind => kind.Key.Order)
            .Select(kind => new ReviewStudyMean(
                kind.Key.Order, kind.Key.Labels, kind.Count(),
                Proportion.Of(kind.Sum(row => row.WrongPairs), kind.Sum(row => row.Pairs)),
                kind.Average(row => row.TrueAsr), kind.Average(row => row.TrueMatrixAsr), kind.Average(row => row.OverRefusal)))];

    /// <summary>What the queue's order saves against every other order that was measured.</summary>
    public static IReadOnlyList<ReviewStudySaving> Savings(IEnumerable<ReviewStudyRow> rows)
    {
        var byOrder = Means(rows).ToLookup(mean => mean.Order);
        return [.. from queue in byOrder[AnnotatorOrder.Queue]
            where queue.Labels > 0
            from other in byOrder
            where other.Key != AnnotatorOrder.Queue
            select new ReviewStudySaving(queue.Labels, other.Key, Needed([.. other], queue.Wrong.Rate))];
    }

    // The first crossing: a curve that rises again by chance does not count as worse.
    private static double? Needed(IReadOnlyList<ReviewStudyMean> curve, double share)
    {
        for (var place = 0; place < curve.Count; place++)
        {
            if (curve[place].Wrong.Rate > share)
            {
                continue;
            }

            if (place == 0)
            {
                return curve[0].Labels;
            }

            var (before, after) = (curve[place - 1], curve[place]);
            var part = (before.Wrong.Rate - share) / (before.Wrong.Rate - after.Wrong.Rate);
            return before.Labels + (part * (after.Labels - before.Labels));
        }

        return null;
    }
}
