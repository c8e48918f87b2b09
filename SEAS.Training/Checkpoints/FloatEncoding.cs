using System.Runtime.InteropServices;

namespace SEAS.Training.Checkpoints;

/// <summary>The floating-point types that weights come in, each decoded to float32 without loss.</summary>
internal static class FloatEncoding
{
    /// <summary>Bytes per number, or null for a type that cannot hold weights here.</summary>
    public static int? SizeOf(string type) => type switch
    {
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => null,
    };

    /// <param name="type">F32, F16 or BF16; little endian.</param>
    /// <param name="bytes">Whole numbers of that type.</param>
    /// <param name="numbers">As many float32.</param>
    public static void Decode(string type, ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        if (string.Equals(type, "F32", StringComparison.Ordinal))
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(numbers));
            return;
        }

        var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
        var isBrain = string.Equals(type, "BF16", StringComparison.Ordinal);
        for (var i = 0; i < halves.Length; i++)
        {
            // BF16 is the upper half of a float32; F16 has its own exponent.
            numbers[i] = isBrain ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16) : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }

    /// <summary>Rounds float32 to the nearest half-precision numbers, little endian.</summary>
    /// <exception cref="CheckpointException">A number is too large for half precision (above 65,504).</exception>
    public static byte[] ToHalf(ReadOnlySpan<float> numbers)
    {
        var halves = new Half[numbers.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)numbers[i];
            if (!Half.IsFinite(halves[i]))
            {
                throw new CheckpointException(
                    $"The weight {numbers[i]} cannot be saved in half precision, which ends at {Half.MaxValue}. "
                    + "Save the model as float32.");
            }
        }

        return MemoryMarshal.AsBytes<Half>(halves).ToArray();
    }
}
