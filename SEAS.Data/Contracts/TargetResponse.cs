namespace SEAS.Data.Contracts;

/// <summary>One of the target model's m answers to an adversarial prompt.</summary>
/// <param name="Round">The round of the attack.</param>
/// <param name="SeedIndex">The prompt's seed.</param>
/// <param name="PromptIndex">The prompt within its seed.</param>
/// <param name="AnswerIndex">The answer within its prompt.</param>
/// <param name="Text">The answer.</param>
/// <param name="Tokens">Its length in the target model's tokens.</param>
/// <param name="Stopped">True when the model ended it; false when the token limit cut it.</param>
public sealed record TargetResponse(
    int Round, int SeedIndex, int PromptIndex, int AnswerIndex, string Text, int Tokens, bool Stopped);
