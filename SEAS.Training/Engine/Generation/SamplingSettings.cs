namespace SEAS.Training.Engine.Generation;

/// <summary>How the next token is chosen.</summary>
/// <param name="Temperature">Divides the logits; 0 or more. 0 takes the most probable token always.</param>
/// <param name="TopP">Keeps the most probable tokens, each while the probability of those before it is at most this;
/// in [0, 1], 1 keeps all.</param>
/// <param name="TopK">Keeps this many of the most probable tokens before <paramref name="TopP"/> is applied; 0 keeps all.</param>
/// <param name="MaxNewTokens">Longest answer, in tokens; at least 1.</param>
public sealed record SamplingSettings(double Temperature, double TopP, int TopK, int MaxNewTokens)
{
    /// <summary>The most probable token, always.</summary>
    public static SamplingSettings Greedy(int maxNewTokens) => new(0, 1, 0, maxNewTokens);

    /// <summary>Stops when a value lies outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the value.</exception>
    internal void Validate()
    {
        if (!(Temperature >= 0) || double.IsInfinity(Temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(Temperature), Temperature, "The temperature must be 0 or more.");
        }

        if (TopP is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(TopP), TopP, "Top-p is a probability: it must lie between 0 and 1.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(TopK);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNewTokens, 1);
    }
}
