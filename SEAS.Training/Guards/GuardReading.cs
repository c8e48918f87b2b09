using SEAS.Data.Contracts;

namespace SEAS.Training.Guards;

/// <summary>What a guard says of one answer.</summary>
/// <param name="Score">P(unsafe), in [0, 1].</param>
/// <param name="Categories">The codes of what it violates, separated by commas; null where the guard names none.</param>
/// <param name="ByWord">The guard gave its word alone, without a probability: the score is 0 or 1.</param>
public sealed record GuardReading(double Score, string? Categories = null, bool ByWord = false)
{
    /// <summary><see cref="AnswerOutcome.Unscored"/> where the guard gave no verdict that can be read: then the score says nothing.</summary>
    public AnswerOutcome Outcome { get; init; }
}
