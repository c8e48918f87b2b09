namespace SEAS.Training.Measures.Agreement;

/// <summary>How often two people say the same of the same item, without regard to chance.</summary>
public static class RawAgreement
{
    /// <summary>The mean, over items with at least two labels, of the share of pairs of labels that are equal.</summary>
    /// <remarks>
    /// The P̄ of Fleiss 1971, "Measuring nominal scale agreement among many raters"; items may have different numbers of labels.
    /// </remarks>
    /// <returns>A share in [0, 1]; null when no item has two labels.</returns>
    public static double? Of(RatingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (sum, items) = (0.0, 0);
        for (var item = 0; item < table.Items.Count; item++)
        {
            var ratings = table.RatingsOf(item);
            if (ratings < 2)
            {
                continue;
            }

            sum += EqualPairs(table.Counts(item)) / ((double)ratings * (ratings - 1));
            items++;
        }

        return items == 0 ? null : sum / items;
    }

    /// <summary>Ordered pairs of equal labels: Σ c (c − 1) over the counts.</summary>
    internal static long EqualPairs(ReadOnlySpan<int> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += (long)count * (count - 1);
        }

        return sum;
    }
}
