namespace SEAS.Data.Contracts;

/// <summary>What was measured after a round: one JSON document, whose shape the loop defines.</summary>
/// <param name="Iteration">The iterate that was measured: 0 for R0 and T0.</param>
/// <param name="Json">The document.</param>
/// <param name="CreatedUtc">When it was recorded.</param>
public sealed record StoredEvaluation(int Iteration, string Json, DateTimeOffset CreatedUtc);
