namespace SEAS.Training.Measures.Calibration;

/// <summary>A share estimated from a sample whose members may have had different chances to be drawn, with its 95 % interval.</summary>
/// <remarks>
/// The rate weighs each by 1 / chance (Hájek 1971, in "Foundations of Statistical Inference"); the interval is Wilson's for the effective
/// number (Σw)² / Σw² (Kish 1965, "Survey Sampling"). With equal chances this is plain Wilson.
/// </remarks>
/// <param name="Rate">The share in [0, 1].</param>
/// <param name="Lower">Lower end in [0, 1].</param>
/// <param name="Upper">Upper end in [0, 1].</param>
/// <param name="N">Answers looked at.</param>
/// <param name="EffectiveN">How many of equal chance would tell as much.</param>
public sealed record WeightedShare(double Rate, double Lower, double Upper, int N, double EffectiveN)
{
    /// <summary>The share of those for which something holds.</summary>
    /// <param name="rows">Weight and whether it holds.</param>
    /// <returns>Null when there are none.</returns>
    public static WeightedShare? Of(IEnumerable<(double Weight, bool Holds)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (n, sum, squares, holding) = (0, 0.0, 0.0, 0.0);
        foreach (var (weight, holds) in rows)
        {
            n++;
            sum += weight;
            squares += weight * weight;
            holding += holds ? weight : 0;
        }

        if (n == 0)
        {
            return null;
        }

        var (rate, effective) = (holding / sum, sum * sum / squares);
        var (lower, upper) = Proportion.Wilson(rate, effective);
        return new WeightedShare(rate, lower, upper, n, effective);
    }
}
