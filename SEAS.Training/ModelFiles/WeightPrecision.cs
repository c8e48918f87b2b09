using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>How exactly weights are saved, and, of the first and third, kept in memory.</summary>
public enum WeightPrecision
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>Rounded to half precision (relative error at most 2⁻¹¹): half the size, for weights to start from.</summary>
    Float16,

    /// <summary>Rounded to the upper half of a float32 (relative error at most 2⁻⁸): half the size, and its whole range.</summary>
    BFloat16,

    /// <summary>Whole numbers of 8 bits, 32 to a scale in half precision: about a quarter of the size. In GGUF files only.</summary>
    Quantized8,
}

/// <summary>The names by which people ask for a precision.</summary>
public static class WeightPrecisions
{
    private static readonly (string Name, WeightPrecision Precision)[] s_all =
    [
        ("f32", WeightPrecision.Float32), ("f16", WeightPrecision.Float16), ("bf16", WeightPrecision.BFloat16),
        ("q8_0", WeightPrecision.Quantized8),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(entry => entry.Name)];

    /// <summary>The precision of a name; null where it is none.</summary>
    public static WeightPrecision? Find(string name) =>
        s_all.Where(entry => entry.Name == name).Select(entry => (WeightPrecision?)entry.Precision).FirstOrDefault();

    /// <summary>The type of matrices in memory.</summary>
    /// <exception cref="CheckpointException">Nothing computes in this precision.</exception>
    internal static ScalarType InMemory(this WeightPrecision precision) => precision switch
    {
        WeightPrecision.Float32 => ScalarType.Float32,
        WeightPrecision.BFloat16 => ScalarType.BFloat16,
        _ => throw new CheckpointException($"Weights are kept in memory as f32 or bf16, not as {Name(precision)}."),
    };

    /// <summary>The name of a precision.</summary>
    public static string Name(WeightPrecision precision) => s_all.First(entry => entry.Precision == precision).Name;
}
