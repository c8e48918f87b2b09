namespace SEAS.Data.Review;

/// <summary>Somebody moved the guard's threshold, for rounds whose judging had not begun.</summary>
/// <param name="Id">Its number; grows.</param>
/// <param name="From">The threshold in force before.</param>
/// <param name="To">The new one; a score at or above it is unsafe.</param>
/// <param name="Who">Who applied it.</param>
/// <param name="Reason">What speaks for it.</param>
/// <param name="AtUtc">When.</param>
public sealed record ThresholdChange(long Id, double From, double To, string Who, string Reason, DateTimeOffset AtUtc);

/// <summary>What a round is judged by, settled as its judging began.</summary>
/// <param name="Round">The round.</param>
/// <param name="Threshold">A score at or above it is unsafe.</param>
/// <param name="Change">The change that it rests on; null where it is the plan's.</param>
public sealed record RoundThreshold(int Round, double Threshold, long? Change);
