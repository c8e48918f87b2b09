namespace SEAS.Training.Engine.Generation;

/// <summary>How many answers grow together.</summary>
/// <param name="Rows">Most answers: enough to fill the products, few enough for a processor's caches.</param>
/// <param name="Bytes">Keys and values that they may need in the worst case; a single request is served whatever it needs.</param>
public sealed record WaveLimits(int Rows, long Bytes)
{
    private const int Answers = 80;

    /// <summary>On the CPU.</summary>
    public static WaveLimits Processor { get; } = new(Answers, 1L << 30);

    /// <param name="gpu">A GPU's memory in bytes, of which an eighth is taken; null on the CPU, and where the memory is not known.</param>
    public static WaveLimits Of(long? gpu) => gpu is { } bytes ? Processor with { Bytes = Math.Max(Processor.Bytes, bytes / 8) } : Processor;
}
