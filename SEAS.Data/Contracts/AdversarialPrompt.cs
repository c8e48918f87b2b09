namespace SEAS.Data.Contracts;

/// <summary>A prompt that the red-team model wrote.</summary>
/// <param name="Round">The round of the attack.</param>
/// <param name="SeedIndex">Which seed prompt it was written after.</param>
/// <param name="PromptIndex">Which of that seed's n prompts it is.</param>
/// <param name="Category">The seed's type, by its SEAS label.</param>
/// <param name="Text">The prompt.</param>
/// <param name="Tokens">Its length in the red-team model's tokens.</param>
/// <param name="Stopped">True when the model ended it; false when the token limit cut it.</param>
/// <param name="AsksHarm">Whether it asks for harm by construction of the embedded world; null where nobody can know.</param>
/// <param name="SeedText">The seed prompt.</param>
public sealed record AdversarialPrompt(
    int Round, int SeedIndex, int PromptIndex, string Category, string Text, int Tokens, bool Stopped, bool? AsksHarm, string SeedText);
