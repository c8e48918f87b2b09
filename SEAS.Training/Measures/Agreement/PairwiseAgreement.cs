namespace SEAS.Training.Measures.Agreement;

/// <summary>How two people agree on the items that both labelled.</summary>
/// <param name="First">One of them.</param>
/// <param name="Second">The other, later in the alphabet.</param>
/// <param name="Raw">Share of equal labels, with interval and number of shared items; null when they share none.</param>
/// <param name="Kappa">Cohen's κ; null when undefined.</param>
public sealed record PairwiseAgreement(string First, string Second, Proportion? Raw, double? Kappa)
{
    /// <summary>Every pair of raters, in alphabetical order.</summary>
    public static IReadOnlyList<PairwiseAgreement> Of(RatingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var pairs = new List<PairwiseAgreement>();
        for (var first = 0; first < table.Raters.Count; first++)
        {
            for (var second = first + 1; second < table.Raters.Count; second++)
            {
                pairs.Add(new PairwiseAgreement(
                    table.Raters[first], table.Raters[second], Share(table, first, second), CohenKappa.Of(table, first, second)));
            }
        }

        return pairs;
    }

    private static Proportion? Share(RatingTable table, int first, int second)
    {
        var both = Enumerable.Range(0, table.Items.Count)
            .Select(item => (First: table.Code(item, first), Second: table.Code(item, second)))
            .Where(codes => codes.First != RatingTable.Missing && codes.Second != RatingTable.Missing).ToList();
        return both.Count == 0 ? null : Proportion.Of(both, codes => codes.First == codes.Second);
    }
}
