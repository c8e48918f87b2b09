namespace SEAS.Training.Engine.Recipes;

/// <summary>A prompt with the answer to prefer and the answer to avoid.</summary>
/// <param name="Prompt">Token ids: at least one.</param>
/// <param name="Chosen">Token ids of the answer to prefer: at least one.</param>
/// <param name="Rejected">Token ids of the answer to avoid: at least one.</param>
public sealed record PreferenceExample(int[] Prompt, int[] Chosen, int[] Rejected)
{
    /// <summary>Tokens of the two sequences, the prompt counted in both: what a program without shared prompts would process.</summary>
    internal int Tokens => (2 * Prompt.Length) + Chosen.Length + Rejected.Length;

    /// <summary>Tokens that are run through the model: the prompt once.</summary>
    internal int PackedTokens => Prompt.Length + Chosen.Length + Rejected.Length;
}
