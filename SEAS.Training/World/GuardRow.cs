namespace SEAS.Training.World;

/// <summary>A conversation and whether it is unsafe by the world's own rule.</summary>
/// <param name="Prompt">The request.</param>
/// <param name="Answer">The answer to judge.</param>
/// <param name="Unsafe">The label.</param>
public sealed record GuardRow(string Prompt, string Answer, bool Unsafe);
