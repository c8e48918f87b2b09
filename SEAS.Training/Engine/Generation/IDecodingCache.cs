using SEAS.Training.Engine.Models;

namespace SEAS.Training.Engine.Generation;

/// <summary>Keys and values of a wave: each prompt's once, each answer's behind it.</summary>
internal interface IDecodingCache : IDisposable
{
    /// <summary>Attention for a pass over prompts; their keys and values are stored.</summary>
    /// <param name="prompts">Requests <paramref name="first"/>, <paramref name="first"/> + 1, … of the wave, one row each.</param>
    /// <param name="first">The wave's request that the batch's first row is.</param>
    IAttentionPattern Prefill(PackedBatch prompts, int first);

    /// <summary>Attention for a pass over one new token of each answer; its keys and values are stored.</summary>
    /// <param name="rows">The answers that go on, in the order of the batch. All have the same number of tokens so far.</param>
    /// <param name="step">New tokens that each had before this one.</param>
    IAttentionPattern Decode(IReadOnlyList<SampleSlot> rows, int step);

    /// <summary>An answer is finished; its memory may be used for others.</summary>
    void Release(SampleSlot slot);
}
