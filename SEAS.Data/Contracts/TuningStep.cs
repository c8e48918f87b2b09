namespace SEAS.Data.Contracts;

/// <summary>What one optimizer step of a round learnt.</summary>
/// <param name="Round">The round.</param>
/// <param name="Role">The model that it tuned.</param>
/// <param name="Step">Its number within the round's tuning, from 1.</param>
/// <param name="Pairs">The pairs, by their place in the round.</param>
/// <param name="General">The plain rows mixed in, by their place.</param>
public sealed record TuningStep(int Round, ModelRole Role, int Step, IReadOnlyList<int> Pairs, IReadOnlyList<int> General);
