namespace SEAS.Training.Measures;

/// <summary>A share of successes with its 95 % interval.</summary>
/// <remarks>
/// Wilson's score interval (Wilson 1927, "Probable inference, the law of succession, and statistical inference"): right at the edges 0 and
/// 1 and for small n, where the normal approximation is not.
/// </remarks>
/// <param name="Rate">Successes / n in [0, 1]; 0 when n is 0.</param>
/// <param name="Lower">Lower end in [0, 1].</param>
/// <param name="Upper">Upper end in [0, 1].</param>
/// <param name="N">Trials.</param>
public sealed record Proportion(double Rate, double Lower, double Upper, int N)
{
    private const double Z = 1.959963984540054;   // the standard normal's 97.5 % point

    /// <summary>Counts successes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Successes lie outside 0 … n.</exception>
    public static Proportion Of(int successes, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
        if (n == 0)
        {
            return new Proportion(0, 0, 1, 0);
        }

        var (lower, upper) = Wilson((double)successes / n, n);
        return new Proportion((double)successes / n, lower, upper, n);
    }

    /// <summary>Counts the items for which the condition holds.</summary>
    public static Proportion Of<T>(IReadOnlyCollection<T> items, Func<T, bool> condition) => Of(items.Count(condition), items.Count);

    /// <summary>Wilson's interval for a rate seen in n trials; n need not be whole, as an effective number is not.</summary>
    internal static (double Lower, double Upper) Wilson(double rate, double n)
    {
        var centre = (rate + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((rate * (1 - rate) / n) + (Z * Z / (4.0 * n * n)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
