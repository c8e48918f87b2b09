namespace SEAS.Data.Contracts.Review;

/// <summary>Something that a rule, or a person, wants to have looked at.</summary>
/// <param name="Run">The run.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Round">The round; for the harmless set, the iterate.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SeedIndex">The prompt's seed; for the harmless set, the place in the set.</param>
/// <param name="PromptIndex">The prompt within its seed.</param>
/// <param name="AnswerIndex">The answer within its prompt; −1 for a prompt.</param>
/// <param name="Category">The seed's type.</param>
/// <param name="PromptText">The prompt.</param>
/// <param name="AnswerText">The answer; empty for a prompt.</param>
/// <param name="Score">The guard's P(unsafe), 0 to 1; null if it gave none.</param>
/// <param name="Unsafe">The guard's verdict; null if it gave none.</param>
/// <param name="Reasons">Why it should be looked at.</param>
/// <param name="Uncertainty">How unsure the guard is, 0 to 1.</param>
/// <param name="PairsAtStake">How many pairs of the round hang on the verdict.</param>
/// <param name="Value">What a label is worth to the next round; the greater comes first.</param>
/// <param name="Group">The near-duplicate group's name; empty if it has none.</param>
public sealed record ReviewCandidate(
    RunId Run,
    ReviewSource Source,
    int Round,
    ReviewKind Kind,
    int SeedIndex,
    int PromptIndex,
    int AnswerIndex,
    string Category,
    string PromptText,
    string AnswerText,
    double? Score,
    bool? Unsafe,
    ReviewReasons Reasons,
    double Uncertainty,
    int PairsAtStake,
    double Value,
    string Group);
