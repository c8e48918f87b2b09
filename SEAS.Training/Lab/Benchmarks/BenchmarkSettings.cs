using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;
using TorchSharp;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>One of the four fixed pieces of work that a round of SEAS does, and its size.</summary>
/// <remarks>
/// The pieces are defined so that any program can do the same: Llama of these sizes, random weights, tied embeddings; sequence i has
/// <c>seq · (0.25 + 0.75 · x(i+1) / 2³¹)</c> tokens, x0 = 1, x(i+1) = (1103515245·x(i) + 12345) mod 2³¹;
/// its first half is prompt, the rest answer.
/// </remarks>
/// <param name="Job"><c>sft</c>, <c>dpo</c>, <c>attack</c> or <c>judge</c>.</param>
public sealed record BenchmarkSettings(string Job)
{
    /// <summary>Width of the model.</summary>
    public int Dim { get; init; } = 256;

    /// <summary>Decoder blocks.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Query heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Key and value heads.</summary>
    public int KvHeads { get; init; } = 2;

    /// <summary>Width of the feed-forward part.</summary>
    public int Hidden { get; init; } = 688;

    /// <summary>Tokens in the vocabulary.</summary>
    public int Vocab { get; init; } = 2048;

    /// <summary>Longest sequence, in tokens.</summary>
    public int Seq { get; init; } = 128;

    /// <summary>judge: tokens of the text that stands before every other.</summary>
    public int Prefix { get; init; } = 384;

    /// <summary>attack: answers to each prompt.</summary>
    public int Samples { get; init; } = 5;

    /// <summary>Sequences, pairs, prompts or texts.</summary>
    public int Examples { get; init; } = 64;

    /// <summary>sft, dpo: examples per optimizer step.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Timed repetitions after one that warms up; the median counts.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Processor threads that may be used.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>How SEAS keeps the matrices of its models, and so in what it multiplies; peers compute in float32.</summary>
    public WeightPrecision Weights { get; init; }

    /// <summary>A model of this size with random weights.</summary>
    /// <param name="seed">Of the weights.</param>
    internal LlamaModel Random(ulong seed) => LlamaModel.Random(Model, seed, torch.CPU, Weights.InMemory());

    /// <summary>The model of this size.</summary>
    internal LlamaConfig Model => new(Dim, Layers, Heads, KvHeads, Hidden, Vocab, Seq + Prefix + 8, 1e-5, 10_000, TiedEmbeddings: true);

    /// <summary>The lengths of the first sequences, in tokens.</summary>
    internal int[] Lengths(int count)
    {
        const long Modulus = 1L << 31;
        var lengths = new int[count];
        long x = 1;
        for (var i = 0; i < count; i++)
        {
            x = ((1103515245 * x) + 12345) % Modulus;
            lengths[i] = (int)(Seq * (0.25 + (0.75 * x / Modulus)));
        }

        return lengths;
    }
}
