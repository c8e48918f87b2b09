using System.Diagnostics;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Devices;

/// <summary>Which torch this process runs on, for people: ./seas doctor, the log, the benchmarks.</summary>
/// <param name="Version">libtorch's version.</param>
/// <param name="Loading">What had to be done so that it loads.</param>
/// <param name="Kernels">Which kernels multiply matrices.</param>
/// <param name="Waiting">How computing threads wait for work.</param>
/// <param name="Threads">Computing threads.</param>
/// <param name="Processors">Processors that this process may use.</param>
/// <param name="Cuda">Whether libtorch sees an NVIDIA card.</param>
internal sealed record TorchRuntime(
    string Version, string Loading, string Kernels, string Waiting, int Threads, int Processors, bool Cuda)
{
    /// <summary>The torch of this process.</summary>
    /// <exception cref="TorchUnavailableException">It cannot be loaded.</exception>
    public static TorchRuntime Current
    {
        get
        {
            TorchLibrary.Require();
            return new TorchRuntime(
                __version__, TorchLibrary.Loading, MatrixKernels.Chosen, TorchLibrary.Waiting, get_num_threads(),
                Environment.ProcessorCount, cuda_is_available());
        }
    }

    /// <summary>Multiplies matrices of the sizes of the embedded model, (1280 × 256) by (256 × 688), for about the given time.</summary>
    /// <returns>The best rate of a single product, in 10⁹ floating-point operations a second: 100 to 240 for each thread of a processor
    /// with AVX2 or AVX-512.</returns>
    /// <exception cref="TorchUnavailableException">Torch cannot be loaded.</exception>
    public static double MeasureGigaflops(TimeSpan time)
    {
        TorchLibrary.Require();
        const double Operations = 2.0 * 1280 * 256 * 688;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (left, right) = (ones(1280, 256), ones(256, 688));
        var best = TimeSpan.MaxValue;
        var all = Stopwatch.StartNew();
        do
        {
            var start = Stopwatch.GetTimestamp();
            left.mm(right).Dispose();
            var once = Stopwatch.GetElapsedTime(start);
            best = once < best ? once : best;
        }
        while (all.Elapsed < time);

        return Operations / best.TotalSeconds / 1e9;
    }
}
