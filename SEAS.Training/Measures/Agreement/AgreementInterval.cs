using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Measures.Agreement;

/// <summary>Between which values a measure of agreement lies with 95 % confidence.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
public sealed record AgreementInterval(double Lower, double Upper)
{
    /// <summary>Draws of the bootstrap.</summary>
    public const int Draws = 1000;

    private const double Tail = 0.025;

    /// <summary>The percentile bootstrap over items (Efron 1979, "Bootstrap methods: another look at the jackknife").</summary>
    /// <remarks>The same table and seed give the same interval. Draws in which the measure is undefined are left out.</remarks>
    /// <param name="table">The ratings.</param>
    /// <param name="measure">The measure, for example <see cref="KrippendorffAlpha.Nominal"/>.</param>
    /// <param name="seed">What the draws derive from.</param>
    /// <returns>Null when the measure is undefined for the table, or for most draws.</returns>
    public static AgreementInterval? Of(RatingTable table, Func<RatingTable, double?> measure, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(measure);
        if (measure(table) is null)
        {
            return null;
        }

        var random = new RandomStream(seed, "agreement/bootstrap");
        var drawn = new int[table.Items.Count];
        var found = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var place = 0; place < drawn.Length; place++)
            {
                drawn[place] = random.Next(drawn.Length);
            }

            if (measure(table.Drawn(drawn)) is { } value)
            {
                found.Add(value);
            }
        }

        found.Sort();
        return found.Count <= Draws / 2 ? null : new AgreementInterval(Quantile(found, Tail), Quantile(found, 1 - Tail));
    }

    // Linear between neighbours.
    private static double Quantile(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
