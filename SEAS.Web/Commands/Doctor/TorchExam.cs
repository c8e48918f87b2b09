using System.Globalization;
using SEAS.Training.Engine.Devices;
using SEAS.Training.Engine.Torch;
using TorchSharp;

namespace SEAS.Web.Commands.Doctor;

/// <summary>Looks at torch: does it load, with which kernels and how many threads, how fast, and what would make it faster.</summary>
internal static class TorchExam
{
    private const double Gib = 1L << 30;
    private const double LeastPerThread = 50;   // GFLOP/s; a thread with AVX2 reaches 100, with AVX-512 240
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public static IEnumerable<Finding> Look()
    {
        try
        {
            var speed = TorchRuntime.MeasureGigaflops(s_patience);
            var runtime = TorchRuntime.Current;
            return [Engine(runtime), Threads(runtime), Kernels(runtime), Speed(runtime, speed)];
        }
        catch (TorchUnavailableException problem)
        {
            return [Finding.Problem("torch", "does not load", problem.Message)];
        }
    }

    private static Finding Engine(TorchRuntime runtime) => Finding.Good(
        "torch",
        $"TorchSharp {BuildFacts.TorchSharp} on libtorch {runtime.Version}, loaded {runtime.Loading}; "
        + (runtime.Cuda ? $"{torch.cuda.device_count()} GPU(s): {string.Join(", ", Gpus())}" : "no GPU"));

    private static IEnumerable<string> Gpus() => Enumerable.Range(0, torch.cuda.device_count())
        .Select(index => GpuMemory.Of(torch.device($"cuda:{index}")) is { } bytes
            ? FormattableString.Invariant($"cuda:{index} with {bytes / Gib:0.0} GiB")
            : $"cuda:{index}");

    private static Finding Threads(TorchRuntime runtime)
    {
        var found = $"{runtime.Threads} of torch on {runtime.Processors} processors; waiting: {runtime.Waiting}";
        return runtime.Threads <= runtime.Processors
            ? Finding.Good("threads", found)
            : Finding.Problem("threads", found, $"They slow each other down: set OMP_NUM_THREADS={runtime.Processors} or less.");
    }

    private static Finding Kernels(TorchRuntime runtime) =>
        string.Equals(Environment.GetEnvironmentVariable(MatrixKernels.Setting), "libtorch", StringComparison.Ordinal)
            ? Finding.Note(
                "kernels", runtime.Kernels, $"On processors that are not Intel's, unsetting {MatrixKernels.Setting} may double the speed.")
            : Finding.Good("kernels", runtime.Kernels);

    private static Finding Speed(TorchRuntime runtime, double gigaflops)
    {
        var found = string.Create(CultureInfo.InvariantCulture, $"{gigaflops:0} GFLOP/s on products of the embedded model's size");
        return gigaflops >= LeastPerThread * runtime.Threads
            ? Finding.Good("speed", found)
            : Finding.Note(
                "speed", found, "Slow for this many threads: another program may be busy (see load), or others share the processors.");
    }
}
