namespace SEAS.Training.Engine.Recipes;

/// <summary>A prompt and the answer to learn.</summary>
/// <param name="Prompt">Token ids, not learned. May be empty: then the answer is plain text, and its first token is not
/// learned either.</param>
/// <param name="Answer">Token ids, learned: at least one, and at least two if the prompt is empty.</param>
/// <param name="Weight">How much each of its answer tokens counts beside those of other examples: dimensionless, above 0, 1 as a
/// rule.</param>
public sealed record SftExample(int[] Prompt, int[] Answer, double Weight = 1.0)
{
    /// <summary>Answer tokens that something comes before: those that are learned.</summary>
    internal int LearnedTokens => Answer.Length - (Prompt.Length == 0 ? 1 : 0);

    /// <summary>Prompt and answer.</summary>
    internal int Tokens => Prompt.Length + Answer.Length;
}
