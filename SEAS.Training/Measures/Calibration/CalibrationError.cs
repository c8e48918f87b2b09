namespace SEAS.Training.Measures.Calibration;

/// <summary>How far a guard's scores are from the shares of unsafe answers that they claim.</summary>
/// <param name="Expected">Σ n_b / n · |share_b − score_b| over the bins (Guo et al. 2017, arXiv:1706.04599, equation 3); null without
/// labels.</param>
/// <param name="Maximum">The largest |share_b − score_b|; null without labels.</param>
/// <param name="Bins">The bins that hold anything, ascending: a reliability diagram.</param>
public sealed record CalibrationError(double? Expected, double? Maximum, IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>Bins of equal width that are usual.</summary>
    public const int UsualBins = 10;

    /// <summary>Measures labelled verdicts; each counts 1 / chance times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A score is not in [0, 1], or there is no bin.</exception>
    public static CalibrationError Of(IReadOnlyCollection<LabelledVerdict> labelled, int bins = UsualBins)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        foreach (var row in labelled)
        {
            // "not in" rather than "outside", so that NaN is refused too
            if (row.Score is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(labelled), row.Score, "A guard's score should lie in [0, 1].");
            }
        }

        var all = labelled.Sum(row => row.Weight);
        var filled = labelled.GroupBy(row => Math.Min(bins - 1, (int)(row.Score * bins))).OrderBy(bin => bin.Key)
            .Select(bin => CalibrationBin.Of((double)bin.Key / bins, (bin.Key + 1.0) / bins, [.. bin])).ToList();
        return filled.Count == 0
            ? new CalibrationError(null, null, [])
            : new CalibrationError(filled.Sum(bin => bin.Weight / all * bin.Distance), filled.Max(bin => bin.Distance), filled);
    }
}

/// <summary>Answers with scores of one range.</summary>
/// <param name="From">Where the range begins.</param>
/// <param name="To">Where it ends; only the last holds its end.</param>
/// <param name="Score">Their mean score.</param>
/// <param name="Share">How many of them are unsafe, with interval.</param>
/// <param name="Weight">How many answers they stand for.</param>
public sealed record CalibrationBin(double From, double To, double Score, WeightedShare Share, double Weight)
{
    /// <summary>|share − score|.</summary>
    public double Distance => Math.Abs(Share.Rate - Score);

    internal static CalibrationBin Of(double from, double to, IReadOnlyCollection<LabelledVerdict> rows)
    {
        var weight = rows.Sum(row => row.Weight);
        var score = rows.Sum(row => row.Weight * row.Score) / weight;
        return new CalibrationBin(from, to, score, WeightedShare.Of(rows.Select(row => (row.Weight, row.Truly)))!, weight);
    }
}
