using static TorchSharp.torch;

namespace SEAS.Training.Engine.Devices;

/// <summary>The one way of numbers from a model's device into the program.</summary>
/// <remarks>
/// On a GPU a copy waits until the device has done everything that it was given, and while the program reads, the device has nothing to do.
/// So a training step copies once and a decoding step once, however many parameters or answers there are; the tests count. Nothing else in
/// the trainer may copy: BannedSymbols.txt.
/// </remarks>
internal static class HostCopy
{
    [ThreadStatic]
    private static long s_count;

    [ThreadStatic]
    private static Func<Tensor, Tensor>? s_numbers;

    /// <summary>Copies that this thread has made; on the CPU too, where they cost nothing, so that a test can count without a GPU.</summary>
    public static long Count => s_count;

    /// <summary>All numbers of a tensor, row by row.</summary>
    /// <param name="tensor">float32, on any device.</param>
    public static float[] Floats(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Whole(tensor).data<float>().ToArray();
    }

    /// <summary>All numbers of a tensor, row by row.</summary>
    /// <param name="tensor">int64, on any device.</param>
    public static long[] Integers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Whole(tensor).data<long>().ToArray();
    }

    /// <summary>The tensor on the CPU, contiguous, without gradient: itself where it is that already. It belongs to the caller's scope.</summary>
    public static Tensor Whole(Tensor tensor)
    {
        s_count++;
        return (s_numbers is { } numbers ? numbers(tensor) : tensor).detach().cpu().contiguous();
    }

    /// <summary>The <c>meta</c> device computes shapes alone and holds no numbers: until the result is disposed, what this thread asks for
    /// comes from here. It lets a whole training run there, where a tensor of another device is an error.</summary>
    /// <param name="numbers">Gives a tensor of the same shape and type on the CPU.</param>
    public static IDisposable Answer(Func<Tensor, Tensor> numbers)
    {
        s_numbers = numbers;
        return new Answers();
    }

    private sealed class Answers : IDisposable
    {
        public void Dispose() => s_numbers = null;
    }
}
