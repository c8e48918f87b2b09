using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using SEAS.Training.Engine.Devices;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Chooses each answer's token by itself, on the processor: the fast way where the scores are in its memory.</summary>
internal sealed class RowByRowChoice(SamplingSettings settings, int vocabulary) : ITokenChoice
{
    /// <summary>Answers that are worth a thread of their own: below, starting it takes longer than they do.</summary>
    private const int AnswersOfAThread = 4;

    private readonly ConcurrentBag<Sampler> _samplers = [];   // one for each thread that is at work

    /// <inheritdoc/>
    public int[] Next(Tensor scores, IReadOnlyList<int> rows, IReadOnlyList<RandomStream> streams)
    {
        using var scope = NewDisposeScope();
        var whole = HostCopy.Whole(scores);   // (R, V)
        var tokens = new int[rows.Count];
        ComputeThreads.For(tokens.Length, AnswersOfAThread, (from, to) =>
        {
            var sampler = _samplers.TryTake(out var known) ? known : new Sampler(settings, vocabulary);
            var numbers = MemoryMarshal.Cast<byte, float>(whole.bytes);
            for (var i = from; i < to; i++)
            {
                tokens[i] = sampler.Next(numbers.Slice(rows[i] * vocabulary, vocabulary), streams[i]);
            }

            _samplers.Add(sampler);
        });
        return tokens;
    }
}
