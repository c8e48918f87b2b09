namespace SEAS.Data.Contracts.Review;

/// <summary>What a guard's scores are taken for: from which one on an answer is unsafe, and which probability each stands for.</summary>
/// <param name="Threshold">A score at or above it is unsafe; always a score as the guard gives it.</param>
/// <param name="Scale">How labels calibrated the scores; null where they are taken as they are.</param>
public sealed record GuardRule(double Threshold, ScoreScale? Scale = null)
{
    /// <summary>The threshold, and the scale if there is one.</summary>
    public override string ToString() => Scale is null
        ? FormattableString.Invariant($"{Threshold:0.####}")
        : FormattableString.Invariant(
            $"{Threshold:0.####} with calibrated scores (× {Scale.Slope:0.####}, {Scale.Offset:0.####} log-odds)");
}

/// <summary>P(unsafe) = σ(slope · log-odds of the score + offset). It rises with the score.</summary>
/// <param name="Slope">Above 0, finite.</param>
/// <param name="Offset">Finite.</param>
public sealed record ScoreScale(double Slope, double Offset)
{
    /// <summary>Whether both numbers can be.</summary>
    public bool IsPossible() => Slope > 0 && double.IsFinite(Slope) && double.IsFinite(Offset);

    internal static ScoreScale? Of(double? slope, double? offset) =>
        slope is { } known && offset is { } other ? new ScoreScale(known, other) : null;
}
