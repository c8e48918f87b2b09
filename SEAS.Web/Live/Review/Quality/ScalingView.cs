using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>The guard's scores made into the probabilities that labels bear out.</summary>
/// <param name="Platt">The fitted map.</param>
/// <param name="ErrorNow">Mean distance of the scores from the shares of unsafe answers that they claim, on the labels of the fit.</param>
/// <param name="ErrorThen">The same of the probabilities: fitted on these labels, so on others expect more.</param>
/// <param name="Proposal">The plan's threshold and band read as probabilities, with what that would change; null where it cannot be
/// applied.</param>
public sealed record ScalingView(PlattScaling Platt, double? ErrorNow, double? ErrorThen, RuleProposal? Proposal)
{
    /// <summary>What is seen of it, in words.</summary>
    public string Sentence => Proposal is null
        ? Platt.Slope > 0
            ? "Calibrated, no score would come out at the planned threshold: all verdicts would be alike, so it cannot be applied."
            : "The labels contradict the scores: answers with higher ones are less often unsafe. Calibration cannot be applied."
        : $"Calibrated, a score of {ThresholdView.Text(Proposal.To.Threshold)} stands for the planned threshold as a probability. The "
            + $"scores are {Points(ErrorNow)} points from the shares of unsafe answers that they claim; calibrated, {Points(ErrorThen)} on "
            + "the same labels.";

    /// <summary>Fits labels; always to the scores as the guard gives them, whatever is in force.</summary>
    internal static ScalingView? Of(IReadOnlyCollection<LabelledVerdict> labels, GuardRule now, double planned, PreviewedRound round)
    {
        if (PlattScaling.Fit(labels) is not { } platt)
        {
            return null;
        }

        var to = CalibratedScores.Calibrating(platt, planned);
        return new ScalingView(
            platt,
            CalibrationError.Of(labels).Expected,
            CalibrationError.Of([.. labels.Select(row => row with { Score = platt.Apply(row.Score) })]).Expected,
            to is null ? null : RuleProposal.Of("calibrated scores (Platt)", "calibrated scores", now, to, round));
    }

    private static string Points(double? error) => Units.Number(100 * (error ?? 0), 1);
}
