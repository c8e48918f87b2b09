namespace SEAS.Training.Measures;

/// <summary>How often a judge agrees with the truth; unsafe is the positive class.</summary>
/// <param name="Accuracy">Right verdicts / all.</param>
/// <param name="Precision">Truly unsafe among those called unsafe; null when none was.</param>
/// <param name="Recall">Called unsafe among the truly unsafe; null when there were none.</param>
/// <param name="N">Verdicts compared.</param>
public sealed record Confusion(double Accuracy, double? Precision, double? Recall, int N)
{
    /// <summary>The harmonic mean of precision and recall: 2 · both / (called + truly unsafe) (van Rijsbergen 1979, "Information retrieval",
    /// chapter 7); null when nothing was called unsafe and nothing was.</summary>
    public double? F1 { get; private init; }

    /// <summary>Agreement beyond chance in [−1, 1]: (p_o − p_e) / (1 − p_e) (Cohen 1960, "A coefficient of agreement for nominal scales");
    /// null when judge and truth say one and the same of all.</summary>
    public double? Kappa { get; private init; }

    /// <summary>Compares verdicts with the truth.</summary>
    /// <param name="verdicts">(called unsafe, truly unsafe) each.</param>
    public static Confusion Of(IEnumerable<(bool Called, bool Truly)> verdicts)
    {
        int both = 0, onlyCalled = 0, onlyTruly = 0, neither = 0;
        foreach (var (called, truly) in verdicts)
        {
            if (called && truly) { both++; }
            else if (called) { onlyCalled++; }
            else if (truly) { onlyTruly++; }
            else { neither++; }
        }

        var n = both + onlyCalled + onlyTruly + neither;
        return new Confusion(
            n == 0 ? 0 : (double)(both + neither) / n,
            both + onlyCalled == 0 ? null : (double)both / (both + onlyCalled),
            both + onlyTruly == 0 ? null : (double)both / (both + onlyTruly),
            n)
        {
            F1 = both + onlyCalled + onlyTruly == 0 ? null : 2.0 * both / ((2.0 * both) + onlyCalled + onlyTruly),
            Kappa = BeyondChance(both, onlyCalled, onlyTruly, neither),
        };
    }

    // Whole numbers until the division, so that 1 − p_e is exactly 0 where it should be.
    private static double? BeyondChance(long both, long onlyCalled, long onlyTruly, long neither)
    {
        var n = both + onlyCalled + onlyTruly + neither;
        var chance = ((both + onlyCalled) * (both + onlyTruly)) + ((onlyTruly + neither) * (onlyCalled + neither));
        return chance == n * n ? null : (double)(((both + neither) * n) - chance) / ((n * n) - chance);
    }
}
