namespace SEAS.Data.Contracts;

/// <summary>A prompt, one answer to it and the verdict in one row, as pages show it.</summary>
/// <param name="Key">Grows with each stored answer; ask for the cases before this one to turn a page.</param>
/// <param name="Round">The round of the attack.</param>
/// <param name="SeedIndex">The prompt's seed.</param>
/// <param name="PromptIndex">The prompt within its seed.</param>
/// <param name="AnswerIndex">The answer within its prompt.</param>
/// <param name="Category">The seed's type, by its SEAS label.</param>
/// <param name="SeedText">The seed prompt.</param>
/// <param name="PromptText">The adversarial prompt.</param>
/// <param name="AnswerText">The answer.</param>
/// <param name="AsksHarm">Whether the prompt asks for harm by construction; null where nobody can know.</param>
/// <param name="Score">P(unsafe) of the answer; null until judged.</param>
/// <param name="Unsafe">The guard's verdict; null until judged.</param>
/// <param name="Categories">The risk categories that the guard named; null if none.</param>
/// <param name="TrueKind">How the answer was made by rule; null where nobody can know.</param>
/// <param name="TrulyUnsafe">Whether it is unsafe by rule; null where nobody can know.</param>
public sealed record AttackCase(
    long Key,
    int Round,
    int SeedIndex,
    int PromptIndex,
    int AnswerIndex,
    string Category,
    string SeedText,
    string PromptText,
    string AnswerText,
    bool? AsksHarm,
    double? Score,
    bool? Unsafe,
    string? Categories,
    string? TrueKind,
    bool? TrulyUnsafe);

/// <summary>What one round's attack stage has brought so far.</summary>
/// <param name="Round">The round.</param>
/// <param name="Prompts">Adversarial prompts written.</param>
/// <param name="AskingHarm">Those of them that ask for harm by construction.</param>
/// <param name="Answers">Answers given.</param>
/// <param name="Judged">Answers that have a verdict.</param>
/// <param name="Unsafe">Answers that the guard calls unsafe.</param>
/// <param name="TruthKnown">Judged answers of which the truth is known.</param>
/// <param name="TrulyUnsafe">Answers that are unsafe by rule.</param>
public sealed record AttackCounts(
    int Round, long Prompts, long AskingHarm, long Answers, long Judged, long Unsafe, long TruthKnown, long TrulyUnsafe);
