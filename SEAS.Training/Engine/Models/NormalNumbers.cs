using System.Runtime.InteropServices;
using SEAS.Training.Engine.Randomness;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Normally distributed starting weights that depend on a random stream alone, not on a device's own generator.</summary>
/// <remarks>Box and Muller 1958: two uniform numbers make two normal ones.</remarks>
internal static class NormalNumbers
{
    /// <summary>A float32 tensor on the CPU.</summary>
    public static Tensor Draw(long[] shape, double deviation, RandomStream stream)
    {
        var result = empty(shape, dtype: float32, device: CPU);
        var numbers = MemoryMarshal.Cast<byte, float>(result.bytes);
        for (var i = 0; i < numbers.Length; i += 2)
        {
            var radius = deviation * Math.Sqrt(-2 * Math.Log(1 - stream.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * stream.NextDouble());
            numbers[i] = (float)(radius * cosine);
            if (i + 1 < numbers.Length)
            {
                numbers[i + 1] = (float)(radius * sine);
            }
        }

        return result;
    }
}
