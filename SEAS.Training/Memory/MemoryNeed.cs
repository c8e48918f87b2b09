namespace SEAS.Training.Memory;

/// <summary>What one kind of work needs in memory, by what it is for.</summary>
/// <param name="Work">The work, in a few words.</param>
/// <param name="Weights">Bytes of the weights that compute.</param>
/// <param name="Learning">Bytes of gradients, of the optimizer's two means, and of adapters, for all that learns.</param>
/// <param name="Activations">Bytes of what the backward pass needs of the forward pass, or of the scores of one step; an estimate.</param>
/// <param name="Cache">Bytes of keys and values while texts grow.</param>
public sealed record MemoryNeed(string Work, long Weights, long Learning, long Activations, long Cache)
{
    /// <summary>The program itself, with .NET and libtorch loaded. Measured: 100 to 180 MiB.</summary>
    public const long Program = 160L << 20;

    /// <summary>All that goes with the models and the work.</summary>
    public long OnDevice => Weights + Learning + Activations + Cache;

    /// <summary>All of it on a machine without a GPU, with <see cref="Program"/>.</summary>
    public long Total => Program + OnDevice;
}
