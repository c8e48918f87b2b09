using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Engine.Generation;

/// <summary>One prompt and how many answers to it are wanted; the prompt runs through the model once, however many these are.</summary>
/// <param name="Prompt">Token ids; at least one.</param>
/// <param name="Streams">One random stream per answer; it alone decides the answer's chances, so the answer does not depend on the
/// batch.</param>
public sealed record GenerationRequest(int[] Prompt, IReadOnlyList<RandomStream> Streams)
{
    /// <summary>Longest answer to this prompt in tokens, where it differs from the settings'.</summary>
    public int? MaxNewTokens { get; init; }
}

/// <summary>One answer.</summary>
/// <param name="Ids">Its tokens, without the stop token.</param>
/// <param name="Stopped">True when the model ended it; false when it was cut at the longest length.</param>
public sealed record Completion(int[] Ids, bool Stopped);
