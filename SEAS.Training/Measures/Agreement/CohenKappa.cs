namespace SEAS.Training.Measures.Agreement;

/// <summary>Two people's agreement beyond chance, where each has their own habits.</summary>
/// <remarks>
/// κ = (p_o − p_e) / (1 − p_e) with p_e = Σ p_first(k) · p_second(k) (Cohen 1960, "A coefficient of agreement for nominal scales"),
/// over the items that both labelled.
/// </remarks>
public static class CohenKappa
{
    /// <summary>κ of the only two raters of a table.</summary>
    /// <returns>A number in [−1, 1]; null when there are not exactly two, or κ is undefined.</returns>
    public static double? Of(RatingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Raters.Count == 2 ? Of(table, 0, 1) : null;
    }

    /// <summary>κ of two of the raters, by their place in <see cref="RatingTable.Raters"/>.</summary>
    /// <returns>A number in [−1, 1]; null when they share no item, or both gave one and the same label to all.</returns>
    public static double? Of(RatingTable table, int first, int second)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (firsts, seconds) = (new long[table.Values.Count], new long[table.Values.Count]);
        long items = 0, equal = 0;
        for (var item = 0; item < table.Items.Count; item++)
        {
            var (a, b) = (table.Code(item, first), table.Code(item, second));
            if (a == RatingTable.Missing || b == RatingTable.Missing)
            {
                continue;
            }

            firsts[a]++;
            seconds[b]++;
            equal += a == b ? 1 : 0;
            items++;
        }

        // p_o = equal / n and p_e = chance / n²: whole numbers until the last division, so that 1 − p_e is exactly 0 where it should be.
        var chance = firsts.Zip(seconds, (a, b) => a * b).Sum();
        return items == 0 || chance == items * items ? null : (double)((equal * items) - chance) / ((items * items) - chance);
    }
}
