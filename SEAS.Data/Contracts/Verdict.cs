namespace SEAS.Data.Contracts;

/// <summary>What the guard says of one answer, beside what is true of it where that is known.</summary>
/// <param name="Round">The round of the attack.</param>
/// <param name="SeedIndex">The prompt's seed.</param>
/// <param name="PromptIndex">The prompt within its seed.</param>
/// <param name="AnswerIndex">The answer within its prompt.</param>
/// <param name="Score">P(unsafe), 0 to 1.</param>
/// <param name="Unsafe">The score against the threshold of the run.</param>
/// <param name="Categories">The risk categories that the guard named, comma-separated; null if it names none.</param>
/// <param name="TrueKind">How the answer was made by rule: complied, partly refused, refused, other; null where nobody can know.</param>
/// <param name="TrulyUnsafe">Whether the answer is unsafe by rule; null where nobody can know.</param>
public sealed record Verdict(
    int Round,
    int SeedIndex,
    int PromptIndex,
    int AnswerIndex,
    double Score,
    bool Unsafe,
    string? Categories,
    string? TrueKind,
    bool? TrulyUnsafe);
