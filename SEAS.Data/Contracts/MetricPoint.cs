namespace SEAS.Data.Contracts;

/// <summary>One value of one curve.</summary>
/// <param name="Name">The curve: <c>red/loss</c>, <c>target/rewards/margins</c>, …</param>
/// <param name="Round">The round, from 0.</param>
/// <param name="Step">The optimizer step within the round, or another counter that grows.</param>
/// <param name="Value">The value; not a number where it was not defined.</param>
/// <param name="AtUtc">When it was measured.</param>
public sealed record MetricPoint(string Name, int Round, long Step, double Value, DateTimeOffset AtUtc);
