namespace SEAS.Training.Measures.Agreement;

/// <summary>Any number of people's agreement beyond chance, with gaps: Krippendorff's α for labels without an order.</summary>
/// <remarks>
/// From the coincidences o_ck of pairable labels, α = ((n − 1) Σ o_cc − Σ n_c (n_c − 1)) / (n (n − 1) − Σ n_c (n_c − 1)) (Krippendorff
/// 2011, "Computing Krippendorff's Alpha-Reliability", section C). An item with one label tells nothing and is left out.
/// </remarks>
public static class KrippendorffAlpha
{
    /// <summary>α for nominal labels.</summary>
    /// <returns>A number of at most 1; null when no item has two labels, or all pairable labels are one and the same.</returns>
    public static double? Nominal(RatingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var totals = new long[table.Values.Count];
        var (equal, all) = (0.0, 0L);
        for (var item = 0; item < table.Items.Count; item++)
        {
            var ratings = table.RatingsOf(item);
            if (ratings < 2)
            {
                continue;
            }

            var counts = table.Counts(item);
            for (var value = 0; value < counts.Length; value++)
            {
                totals[value] += counts[value];
            }

            equal += (double)RawAgreement.EqualPairs(counts) / (ratings - 1);
            all += ratings;
        }

        var chance = totals.Sum(total => total * (total - 1));
        return all == 0 || chance == all * (all - 1) ? null : (((all - 1) * equal) - chance) / ((all * (all - 1)) - chance);
    }
}
