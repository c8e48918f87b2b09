namespace SEAS.Training.Measures.Calibration;

/// <summary>The threshold that labels speak for; a score at or above it is unsafe.</summary>
/// <param name="Aim">What was made large.</param>
/// <param name="Present">The threshold in use.</param>
/// <param name="PresentValue">What it achieves on the labels, in [0, 1].</param>
/// <param name="Threshold">The best one; of equally good ones the nearest to the present.</param>
/// <param name="Value">What that achieves on the same labels: it was chosen on them, so on others expect less.</param>
public sealed record ThresholdRefit(ThresholdAim Aim, double Present, double PresentValue, double Threshold, double Value)
{
    /// <summary>Tries the present threshold and the middles between neighbouring scores.</summary>
    /// <param name="labelled">Labelled verdicts; each counts 1 / chance times.</param>
    /// <param name="present">The threshold in use.</param>
    /// <param name="aim">What to make large.</param>
    /// <returns>Null when the labels are all of one kind: any threshold beyond them would be right.</returns>
    public static ThresholdRefit? Of(IReadOnlyCollection<LabelledVerdict> labelled, double present, ThresholdAim aim)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        var rows = labelled.OrderBy(row => row.Score).ToArray();
        var unsafeWeight = rows.Where(row => row.Truly).Sum(row => row.Weight);
        var safeWeight = rows.Where(row => !row.Truly).Sum(row => row.Weight);
        if (unsafeWeight == 0 || safeWeight == 0)
        {
            return null;
        }

        double Value(double missed, double cleared) => aim == ThresholdAim.BalancedAccuracy
            ? (((unsafeWeight - missed) / unsafeWeight) + (cleared / safeWeight)) / 2
            : 2 * (unsafeWeight - missed) / ((2 * unsafeWeight) - missed + safeWeight - cleared);

        var presentValue = Value(
            rows.Where(row => row.Truly && row.Score < present).Sum(row => row.Weight),
            rows.Where(row => !row.Truly && row.Score < present).Sum(row => row.Weight));
        var best = new ThresholdRefit(aim, present, presentValue, present, presentValue);
        var (missed, cleared) = (0.0, 0.0);
        for (var place = 0; place < rows.Length; place++)
        {
            var below = place == 0 ? 0 : rows[place - 1].Score;
            if (place == 0 || rows[place].Score > below)
            {
                best = best.Or((below + rows[place].Score) / 2, Value(missed, cleared));
            }

            (missed, cleared) = rows[place].Truly ? (missed + rows[place].Weight, cleared) : (missed, cleared + rows[place].Weight);
        }

        return best;
    }

    /// <summary>What would change with the best threshold.</summary>
    public VerdictPreview Preview(IReadOnlyList<double> scores) =>
        VerdictPreview.Of(scores, score => score >= Present, score => score >= Threshold);

    // Sums of weights in different order differ in the last digits; that is no reason to move a threshold.
    private ThresholdRefit Or(double threshold, double value)
    {
        const double Same = 1e-12;
        var nearer = Math.Abs(threshold - Present) < Math.Abs(Threshold - Present);
        return value > Value + Same || (value > Value - Same && nearer) ? this with { Threshold = threshold, Value = value } : this;
    }
}
