namespace SEAS.Training.Measures.Calibration;

/// <summary>A guard's score made into the probability that labels bear out: σ(slope · log-odds + offset).</summary>
/// <remarks>
/// Platt 1999, "Probabilistic outputs for support vector machines", with his smoothed targets (n₊ + 1) / (n₊ + 2) and 1 / (n₋ + 2), so that
/// labels that a threshold separates give no infinite slope. The likelihood is concave; it is climbed by Newton's method.
/// </remarks>
/// <param name="Slope">1 leaves the log-odds as they are; below 1 the guard was too sure; below 0 the labels contradict it.</param>
/// <param name="Offset">Above 0 the guard was too mild.</param>
public sealed record PlattScaling(double Slope, double Offset)
{
    // A score of exactly 0 or 1 has no finite log-odds; this is about where single precision rounds to one.
    private const double Edge = 1e-6;
    private const int MostSteps = 100;
    private const double Close = 1e-13;

    /// <summary>Fits labelled verdicts; each counts 1 / chance times.</summary>
    /// <returns>Null when labels are all of one kind or scores all equal: then nothing can be fitted.</returns>
    public static PlattScaling? Fit(IReadOnlyCollection<LabelledVerdict> labelled)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        var positives = labelled.Count(row => row.Truly);
        if (positives == 0 || positives == labelled.Count || labelled.Select(row => row.Score).Distinct().Count() == 1)
        {
            return null;
        }

        var (high, low) = ((positives + 1.0) / (positives + 2.0), 1.0 / (labelled.Count - positives + 2.0));
        var mean = labelled.Average(row => row.Weight);
        var points = labelled.Select(row => new Point(LogOdds(row.Score), row.Truly ? high : low, row.Weight / mean)).ToArray();
        return Climb(points);
    }

    /// <summary>The probability of unsafe that a score stands for.</summary>
    public double Apply(double score) => Sigmoid((Slope * LogOdds(score)) + Offset);

    /// <summary>The score that stands for a probability: undoes <see cref="Apply"/>, but where scores lie within 1e-6 of 0 or 1.</summary>
    /// <param name="probability">In [0, 1]; 0 and 1 stay what they are.</param>
    /// <exception cref="InvalidOperationException">The slope is not above 0: a higher score stands for no higher probability.</exception>
    public double Invert(double probability) =>
        !(Slope > 0) ? throw new InvalidOperationException(FormattableString.Invariant(
            $"A slope of {Slope} cannot be turned round: expected one above 0. Labels contradict these scores; look at both."))
        : probability is > 0 and < 1 ? Sigmoid((Math.Log(probability / (1 - probability)) - Offset) / Slope)
        : probability;

    /// <summary>What would change if verdicts were given on the calibrated probability.</summary>
    public VerdictPreview Preview(IReadOnlyList<double> scores, double threshold) =>
        VerdictPreview.Of(scores, score => score >= threshold, score => Apply(score) >= threshold);

    private static PlattScaling Climb(Point[] points)
    {
        var (slope, offset) = (0.0, 0.0);
        var loss = Loss(points, slope, offset);
        for (var step = 0; step < MostSteps; step++)
        {
            var (bySlope, byOffset, ff, f, one) = (0.0, 0.0, 0.0, 0.0, 0.0);
            foreach (var (x, target, weight) in points)
            {
                var p = Sigmoid((slope * x) + offset);
                var (residual, curvature) = (weight * (target - p), weight * p * (1 - p));
                (bySlope, byOffset) = (bySlope + (residual * x), byOffset + residual);
                (ff, f, one) = (ff + (curvature * x * x), f + (curvature * x), one + curvature);
            }

            var determinant = (ff * one) - (f * f);
            if (Math.Abs(bySlope) + Math.Abs(byOffset) < Close * points.Length || determinant <= 0)
            {
                break;
            }

            var (goSlope, goOffset) = (((bySlope * one) - (byOffset * f)) / determinant, ((byOffset * ff) - (bySlope * f)) / determinant);
            var size = 1.0;
            while (size > Close && Loss(points, slope + (size * goSlope), offset + (size * goOffset)) > loss)
            {
                size /= 2;
            }

            (slope, offset) = (slope + (size * goSlope), offset + (size * goOffset));
            loss = Loss(points, slope, offset);
        }

        return new PlattScaling(slope, offset);
    }

    // −Σ w (t log p + (1 − t) log (1 − p)), with log(1 + e^z) − t z, which does not overflow.
    private static double Loss(Point[] points, double slope, double offset) => points.Sum(point =>
    {
        var z = (slope * point.X) + offset;
        return point.Weight * (Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - (point.Target * z));
    });

    private static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    private static double LogOdds(double score)
    {
        var inside = Math.Clamp(score, Edge, 1 - Edge);
        return Math.Log(inside / (1 - inside));
    }

    private readonly record struct Point(double X, double Target, double Weight);
}
