using System.Runtime.InteropServices;

namespace SEAS.Training.ModelFiles;

/// <summary>How the numbers of one tensor lie in a GGUF file; the values are the format's own.</summary>
internal enum GgufType
{
    Float32 = 0,
    Float16 = 1,
    Quantized8 = 8,
    BFloat16 = 30,
}

/// <summary>Encodes rows of numbers as the format's types say.</summary>
internal static class GgufTypes
{
    private const int BlockNumbers = 32;
    private const int BlockBytes = sizeof(ushort) + BlockNumbers;   // a scale in half precision, then a signed byte per number

    /// <summary>The type for a matrix with rows of this length: what does not divide into blocks stays in half precision.</summary>
    public static GgufType For(WeightPrecision precision, long rowLength) => precision switch
    {
        WeightPrecision.Float32 => GgufType.Float32,
        WeightPrecision.Float16 => GgufType.Float16,
        WeightPrecision.BFloat16 => GgufType.BFloat16,
        _ => rowLength % BlockNumbers == 0 ? GgufType.Quantized8 : GgufType.Float16,
    };

    /// <summary>Bytes of a row.</summary>
    public static long RowBytes(GgufType type, long length) => type switch
    {
        GgufType.Float32 => length * sizeof(float),
        GgufType.Quantized8 => length / BlockNumbers * BlockBytes,
        _ => length * sizeof(ushort),
    };

    /// <summary>Writes one row.</summary>
    public static void Encode(GgufType type, ReadOnlySpan<float> row, Span<byte> bytes)
    {
        if (type == GgufType.Quantized8)
        {
            for (var block = 0; block < row.Length / BlockNumbers; block++)
            {
                EncodeBlock(row.Slice(block * BlockNumbers, BlockNumbers), bytes.Slice(block * BlockBytes, BlockBytes));
            }

            return;
        }

        FloatEncoding.Encode(
            type switch
            {
                GgufType.Float32 => WeightPrecision.Float32,
                GgufType.Float16 => WeightPrecision.Float16,
                _ => WeightPrecision.BFloat16,
            },
            row,
            bytes);
    }

    /// <summary>q[i] = round(x[i] / d) with d = max |x| / 127, halves away from zero.</summary>
    private static void EncodeBlock(ReadOnlySpan<float> numbers, Span<byte> block)
    {
        var most = 0f;
        foreach (var number in numbers)
        {
            most = Math.Max(most, Math.Abs(number));
        }

        var scale = most / 127;
        if (!Half.IsFinite((Half)scale))
        {
            throw new CheckpointException(
                $"The weight {most} cannot be saved as q8_0: its scale does not fit half precision. Save the model as f32.");
        }

        MemoryMarshal.Write(block, BitConverter.HalfToUInt16Bits((Half)scale));
        var inverse = scale > 0 ? 1 / scale : 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            block[sizeof(ushort) + i] = (byte)(sbyte)MathF.Round(numbers[i] * inverse, MidpointRounding.AwayFromZero);
        }
    }
}
