using System.Numerics;
using System.Runtime.InteropServices;

namespace SEAS.Training.ModelFiles;

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
        var whole = halves.Length / Vector<ushort>.Count * Vector<ushort>.Count;
        for (var i = 0; i < whole; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(halves[i..]), out var low, out var high);
            (isBrain ? FromBrain(low) : FromHalf(low)).CopyTo(numbers[i..]);
            (isBrain ? FromBrain(high) : FromHalf(high)).CopyTo(numbers[(i + Vector<uint>.Count)..]);
        }

        for (var i = whole; i < halves.Length; i++)
        {
            numbers[i] = isBrain ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16) : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }

    /// <summary>Bfloat16 is the upper half of a float32.</summary>
    private static Vector<float> FromBrain(Vector<uint> halves) => Vector.AsVectorSingle(halves << 16);

    /// <summary>Float16 has 5 bits of exponent around 15 where float32 has 8 around 127, and 10 of fraction where that has 23.</summary>
    private static Vector<float> FromHalf(Vector<uint> halves)
    {
        const uint Rebased = (127 - 15) << 23;
        var sign = (halves & new Vector<uint>(0x8000)) << 16;
        var shifted = (halves & new Vector<uint>(0x7FFF)) << 13;
        var exponent = shifted & new Vector<uint>(0x1Fu << 23);
        var normal = shifted + new Vector<uint>(Rebased);

        // Numbers below the least normal one have no leading 1: they get one that is then taken away again.
        var leading = new Vector<uint>(Rebased + (1 << 23));
        var least = Vector.AsVectorUInt32(Vector.AsVectorSingle(shifted + leading) - Vector.AsVectorSingle(leading));
        var endless = normal + new Vector<uint>(Rebased);   // infinities, and what is no number
        var numbers = Vector.ConditionalSelect(
            Vector.Equals(exponent, Vector<uint>.Zero),
            least,
            Vector.ConditionalSelect(Vector.Equals(exponent, new Vector<uint>(0x1Fu << 23)), endless, normal));
        return Vector.AsVectorSingle(numbers | sign);
    }

    /// <summary>Bytes of one number as it is saved.</summary>
    public static int SizeOf(WeightPrecision precision) => precision == WeightPrecision.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>Rounds float32 to the nearest numbers of a precision, little endian.</summary>
    /// <param name="precision">Any but blocks of whole numbers.</param>
    /// <param name="numbers">What to save.</param>
    /// <param name="bytes">Room for as many numbers of that precision.</param>
    /// <exception cref="CheckpointException">A number is too large for the precision.</exception>
    public static void Encode(WeightPrecision precision, ReadOnlySpan<float> numbers, Span<byte> bytes)
    {
        if (precision == WeightPrecision.Float32)
        {
            MemoryMarshal.AsBytes(numbers).CopyTo(bytes);
            return;
        }

        var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            halves[i] = precision switch
            {
                WeightPrecision.Float16 when Half.IsFinite((Half)numbers[i]) => BitConverter.HalfToUInt16Bits((Half)numbers[i]),
                WeightPrecision.BFloat16 when UpperHalf(numbers[i]) is var half && (half & 0x7F80) != 0x7F80 => half,
                WeightPrecision.Float16 => throw TooLarge(numbers[i], $"half precision, which ends at {Half.MaxValue}"),
                WeightPrecision.BFloat16 => throw TooLarge(numbers[i], "bfloat16, which ends where float32 does"),
                _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Not a type of single numbers."),
            };
        }
    }

    /// <summary>To the nearest; of two as near, to the even one.</summary>
    private static ushort UpperHalf(float number)
    {
        var bits = BitConverter.SingleToUInt32Bits(number);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private static CheckpointException TooLarge(float number, string precision) =>
        new($"The weight {number} cannot be saved in {precision}. Save the model as float32.");
}
