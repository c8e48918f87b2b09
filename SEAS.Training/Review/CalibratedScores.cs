using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>A guard's scores as a rule sees them: calibrated where people applied that, else as they are.</summary>
/// <remarks>The plan's threshold and band, and the uncertainty of the queue's order, are probabilities; what is stored is the
/// score.</remarks>
internal sealed class CalibratedScores(GuardRule rule)
{
    // Scores closer to 0 and 1 than this are not told apart: a threshold there would be none.
    private const double Edge = 1e-6;

    private readonly PlattScaling? _scaling = rule.Scale is { } scale ? new PlattScaling(scale.Slope, scale.Offset) : null;

    /// <summary>Scores that nobody calibrated, and the usual threshold.</summary>
    public static CalibratedScores AsGiven { get; } = new(new GuardRule(0.5));

    /// <summary>The probability from which on an answer is unsafe.</summary>
    public double Threshold { get; } = rule.Scale is { } scale
        ? new PlattScaling(scale.Slope, scale.Offset).Apply(rule.Threshold)
        : rule.Threshold;

    /// <summary>The probability that a score stands for.</summary>
    public double Of(double score) => _scaling?.Apply(score) ?? score;

    /// <summary>Whether the guard is unsure of an answer with this score.</summary>
    public bool IsBorderline(double score, ReviewPlan plan) => Of(score) >= plan.BandLow && Of(score) <= plan.BandHigh;

    /// <summary>The plan's borderline band, in the guard's scores.</summary>
    public (double Low, double High) Band((double Low, double High) planned) =>
        _scaling is null ? planned : (_scaling.Invert(planned.Low), _scaling.Invert(planned.High));

    /// <summary>The rule by which the plan's threshold is read as a probability.</summary>
    /// <param name="scaling">What labels say that scores stand for.</param>
    /// <param name="planned">The plan's threshold.</param>
    /// <returns>Null where the labels contradict the scores, or no score comes out at the threshold.</returns>
    public static GuardRule? Calibrating(PlattScaling scaling, double planned)
    {
        var scale = new ScoreScale(scaling.Slope, scaling.Offset);
        return scale.IsPossible() && scaling.Invert(planned) is > Edge and < 1 - Edge and var moved ? new GuardRule(moved, scale) : null;
    }
}
