using System.Runtime.InteropServices;
using SEAS.Training.Devices;
using SEAS.Training.Randomness;
using static TorchSharp.torch;

namespace SEAS.Training.Generation;

/// <summary>Chooses tokens one answer after the other, by the processor: the fast way where the scores are in its memory.</summary>
internal sealed class RowByRowChoice(SamplingSettings settings, int vocabulary) : ITokenChoice
{
    private readonly Sampler _sampler = new(settings, vocabulary);

    /// <inheritdoc/>
    public int[] Next(Tensor scores, IReadOnlyList<int> rows, IReadOnlyList<RandomStream> streams)
    {
        using var scope = NewDisposeScope();
        var numbers = MemoryMarshal.Cast<byte, float>(HostCopy.Whole(scores).bytes);   // (R, V)
        var tokens = new int[rows.Count];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = _sampler.Next(numbers.Slice(rows[i] * vocabulary, vocabulary), streams[i]);
        }

        return tokens;
    }
}
