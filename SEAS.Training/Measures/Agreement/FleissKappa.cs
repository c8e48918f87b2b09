namespace SEAS.Training.Measures.Agreement;

/// <summary>Many people's agreement beyond chance, where labels have a common distribution.</summary>
/// <remarks>
/// κ = (P̄ − P̄_e) / (1 − P̄_e) (Fleiss 1971, "Measuring nominal scale agreement among many raters"). Where items have
/// different numbers of labels: P̄ over the items with at least two, and P̄_e = Σ π_k² with π_k the mean share of label k over all
/// labelled items (Gwet 2014, "Handbook of Inter-Rater Reliability", 4th edition). With equal numbers both are Fleiss's own.
/// </remarks>
public static class FleissKappa
{
    /// <summary>κ of all raters.</summary>
    /// <returns>A number of at most 1; null when no item has two labels, or all labels are one and the same.</returns>
    public static double? Of(RatingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (RawAgreement.Of(table) is not { } observed)
        {
            return null;
        }

        var shares = new double[table.Values.Count];
        var items = 0;
        for (var item = 0; item < table.Items.Count; item++)
        {
            var ratings = table.RatingsOf(item);
            if (ratings == 0)
            {
                continue;
            }

            var counts = table.Counts(item);
            for (var value = 0; value < counts.Length; value++)
            {
                shares[value] += (double)counts[value] / ratings;
            }

            items++;
        }

        if (shares.Count(share => share > 0) == 1)
        {
            return null;   // chance alone would agree always
        }

        var chance = shares.Sum(share => share / items * (share / items));
        return (observed - chance) / (1 - chance);
    }
}
