namespace SEAS.Training.Measures.Calibration;

/// <summary>How good a guard is on all answers, estimated from a random share that people labelled; unsafe is the positive class.</summary>
/// <remarks>Unbiased only for answers that came by chance: what the queue prefers is what the guard finds hard.</remarks>
/// <param name="Accuracy">Verdicts that are right; null without labels.</param>
/// <param name="Precision">Truly unsafe among those called unsafe; null when none was.</param>
/// <param name="Recall">Called unsafe among the truly unsafe; null when there were none.</param>
/// <param name="UnsafeShare">Truly unsafe among all; null without labels.</param>
/// <param name="N">Labelled answers.</param>
public sealed record GuardQuality(
    WeightedShare? Accuracy, WeightedShare? Precision, WeightedShare? Recall, WeightedShare? UnsafeShare, int N)
{
    /// <summary>Estimates from labelled verdicts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A chance is not in (0, 1].</exception>
    public static GuardQuality Of(IReadOnlyCollection<LabelledVerdict> audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return new GuardQuality(
            WeightedShare.Of(audit.Select(row => (row.Weight, row.Called == row.Truly))),
            WeightedShare.Of(audit.Where(row => row.Called).Select(row => (row.Weight, row.Truly))),
            WeightedShare.Of(audit.Where(row => row.Truly).Select(row => (row.Weight, row.Called))),
            WeightedShare.Of(audit.Select(row => (row.Weight, row.Truly))),
            audit.Count);
    }
}
