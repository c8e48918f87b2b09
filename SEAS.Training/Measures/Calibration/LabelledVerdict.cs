namespace SEAS.Training.Measures.Calibration;

/// <summary>A guard's verdict beside what a person says of the same answer.</summary>
/// <param name="Score">The guard's probability of unsafe, in [0, 1].</param>
/// <param name="Called">Whether the guard called it unsafe.</param>
/// <param name="Truly">Whether it is unsafe by the person's label.</param>
/// <param name="Chance">The probability with which this answer came to be labelled, in (0, 1]: 1, or any constant, when all had the
/// same; with strata each stratum's own. An answer counts 1 / chance times.</param>
public sealed record LabelledVerdict(double Score, bool Called, bool Truly, double Chance = 1)
{
    /// <summary>How many answers this one stands for, up to a common factor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chance is not in (0, 1].</exception>
    internal double Weight => Chance is > 0 and <= 1 ? 1 / Chance : throw new ArgumentOutOfRangeException(
        nameof(Chance), Chance, "The chance of being labelled should be above 0 and at most 1. Give the sampling share of its stratum.");
}
