namespace SEAS.Data.Contracts.Review;

/// <summary>Somebody moved the guard's threshold or calibrated its scores, for rounds whose judging had not begun.</summary>
/// <param name="Id">Its number; grows.</param>
/// <param name="From">The threshold in force before.</param>
/// <param name="To">The new one; a score at or above it is unsafe.</param>
/// <param name="Who">Who applied it.</param>
/// <param name="Reason">What speaks for it.</param>
/// <param name="AtUtc">When.</param>
/// <param name="Slope">The scale's slope from now on; null where scores are taken as they are.</param>
/// <param name="Offset">The scale's offset; null with the slope.</param>
public sealed record ThresholdChange(
    long Id, double From, double To, string Who, string Reason, DateTimeOffset AtUtc, double? Slope = null, double? Offset = null)
{
    /// <summary>What is in force from now on.</summary>
    public GuardRule Rule => new(To, ScoreScale.Of(Slope, Offset));
}

/// <summary>What a round is judged by, settled as its judging began.</summary>
/// <param name="Round">The round.</param>
/// <param name="Threshold">A score at or above it is unsafe.</param>
/// <param name="Change">The change that it rests on; null where it is the plan's.</param>
/// <param name="Slope">The scale's slope; null where scores are taken as they are.</param>
/// <param name="Offset">The scale's offset; null with the slope.</param>
public sealed record RoundThreshold(int Round, double Threshold, long? Change, double? Slope = null, double? Offset = null)
{
    /// <summary>What it is judged by, and how its scores are looked at.</summary>
    public GuardRule Rule => new(Threshold, ScoreScale.Of(Slope, Offset));
}
