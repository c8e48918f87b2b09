using SEAS.Data.Contracts;
using SEAS.Training.Lab.Benchmarks;

namespace SEAS.Web.Commands;

/// <summary>A program that does the jobs of <c>bench</c>, in a process of its own.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Command">The program's file and what stands before the job's name.</param>
/// <param name="Variables">What the process finds otherwise in its environment; null takes a variable away.</param>
internal sealed record BenchProgram(string Name, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string?> Variables)
{
    /// <summary>The peer that needs no file: the plain TorchSharp program of this project.</summary>
    public const string TorchSharp = "torchsharp";

    // Debian's, which has Debian's torch. A Python from elsewhere that stands first in PATH usually has none.
    private const string PythonFile = "/usr/bin/python3";

    /// <summary>SEAS itself.</summary>
    public static BenchProgram Seas { get; } = new(BenchmarkJobs.Name, Itself, new Dictionary<string, string?>(StringComparer.Ordinal));

    private static IReadOnlyList<string> Itself =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet"
            ? [Environment.ProcessPath!, typeof(BenchProgram).Assembly.Location, "bench", "--json"]
            : [Environment.ProcessPath!, "bench", "--json"];

    /// <summary>What is wrong with the name of a peer; null when it can be run.</summary>
    public static string? Problem(string peer) =>
        peer == TorchSharp || File.Exists(peer) ? null
        : peer.EndsWith(".py", StringComparison.OrdinalIgnoreCase) || peer.Contains('/', StringComparison.Ordinal)
            ? $"The peer {peer} is not there. Expected: a Python program of the same four jobs. Check the path."
            : $"There is no peer \"{peer}\". Expected: {TorchSharp}, or the path of a Python program of the same four jobs.";

    /// <summary>All that a comparison runs for one peer: TorchSharp's program counts with both choices of kernels.</summary>
    public static IReadOnlyList<BenchProgram> All(string peer) => peer == TorchSharp
        ? [Eager(BenchmarkJobs.Eager, "widest"), Eager($"{BenchmarkJobs.Eager}, libtorch's kernels", "libtorch")]
        : [Python(peer)];

    /// <summary>A Python program that takes the same sizes and prints the same JSON.</summary>
    /// <remarks>Debian's torch multiplies by OpenBLAS, and some machines set two variables that halve what it does: both are taken away.
    /// Its two pools of threads hinder each other least when those that wait sleep.</remarks>
    public static BenchProgram Python(string file) => new(
        Path.GetFileName(file),
        [PythonFile, file],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["OPENBLAS_CORETYPE"] = null,
            ["OPENBLAS_L2_SIZE"] = null,
            ["OMP_WAIT_POLICY"] = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "PASSIVE",
        });

    private static BenchProgram Eager(string name, string kernels) => new(
        name,
        [.. Itself, "--peer", TorchSharp],
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["SEAS_KERNELS"] = kernels });
}
