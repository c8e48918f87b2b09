using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace SEAS.Training.Engine.Torch;

/// <summary>Loads libtorch and TorchSharp's native part, before TorchSharp looks for them itself.</summary>
/// <remarks>
/// <para>On Linux the process decides three things that can only be decided before libtorch is there: how its computing threads wait,
/// which kernels multiply (<see cref="MatrixKernels"/>), and whether TorchSharp's native part fits this system's C++ library
/// (<see cref="VersionNeed"/>). On other systems TorchSharp finds the libraries beside the program by itself.</para>
/// <para>The libraries stay where NuGet put them: nothing is copied into an output folder. docs/decisions/0070-torchsharp.md.</para>
/// </remarks>
internal static partial class TorchLibrary
{
    /// <summary>The runtime setting, written by the build, that names the folder of libtorch's package.</summary>
    internal const string FolderSetting = "SEAS.Libtorch";

    /// <summary>The same for TorchSharp's own native part.</summary>
    internal const string BindingSetting = "SEAS.LibTorchSharp";

    private const string OldestC = "2.34";
    private static readonly Lock s_once = new();
    private static TorchUnavailableException? s_problem;
    private static bool s_tried;

    /// <summary>How computing threads wait for work, for people.</summary>
    internal static string Waiting { get; private set; } = "as libtorch has it";

    /// <summary>What was done so that TorchSharp loads, for people.</summary>
    internal static string Loading { get; private set; } = "by TorchSharp";

    /// <summary>Stops with one clear message where torch cannot be used here.</summary>
    /// <exception cref="TorchUnavailableException">Torch cannot be used; the message says why and what to do.</exception>
    internal static void Require()
    {
        if (Load() is { } problem)
        {
            throw problem;
        }
    }

    /// <summary>Loads everything once.</summary>
    /// <returns>Null, or why torch cannot be used here.</returns>
    internal static TorchUnavailableException? Load()
    {
        lock (s_once)
        {
            if (!s_tried)
            {
                s_tried = true;
                try
                {
                    RequireProcessor(Avx2.IsSupported, RuntimeInformation.ProcessArchitecture);
                    if (OperatingSystem.IsLinux())
                    {
                        LoadOnLinux(TorchFolder.Find());
                    }
                }
                catch (TorchUnavailableException problem)
                {
                    s_problem = problem;
                }
            }

            return s_problem;
        }
    }

    /// <summary>libtorch multiplies with AVX2 or more on x86-64; what it does without is ten times as slow and was never tried.</summary>
    internal static void RequireProcessor(bool avx2, Architecture architecture)
    {
        if (architecture == Architecture.X64 && !avx2)
        {
            throw new TorchUnavailableException(
                "this processor does not offer AVX2 instructions, which libtorch needs. Expected: an x86-64 processor from 2013 or later "
                + "(Intel Haswell, AMD Zen). In a virtual machine, have it pass the host's processor through (\"host\" as the processor "
                + "type); otherwise run SEAS on another machine.");
        }
    }

    // TorchSharp's first use runs its static constructor, which searches for libtorch on its own, would find a system's other one, and
    // else copies half a gigabyte beside the program. What is below runs when TorchSharp's assembly is loaded, which is just before.
#pragma warning disable CA2255 // The one thing that has to happen before anybody touches TorchSharp, tests included.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void WatchForTorchSharp()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => LoadBefore(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())   // loaded already, by a caller that names TorchSharp itself
        {
            LoadBefore(assembly);
        }

        static void LoadBefore(Assembly assembly)
        {
            if (string.Equals(assembly.GetName().Name, nameof(TorchSharp), StringComparison.Ordinal))
            {
                Load();
            }
        }
    }

    private static void LoadOnLinux(TorchFolder folder)
    {
        Waiting = PrepareThreads();
        MatrixKernels.Prepare();
        foreach (var name in (string[])["libgomp-98b21ff3.so.1", "libc10.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"])
        {
            // libtorch_cuda and its OpenMP are there or not, by package; what is missing and needed is named by the file that needs it.
            if (folder.Optional(name) is { } file)
            {
                Open(file);
            }
        }

        var (binding, how) = VersionNeed.Fit(folder.Binding);
        Loading = how;
        NativeLibrary.SetDllImportResolver(typeof(TorchLibrary).Assembly, (name, _, _) => name switch
        {
            "torch_cpu" => NativeLibrary.Load("libtorch_cpu.so"),   // loaded above, so found by its name
            "cuda" => NativeLibrary.Load("libcuda.so.1"),           // of NVIDIA's driver, where there is one
            _ => 0,
        });
        Open(binding);
    }

    private static void Open(string file)
    {
        try
        {
            _ = NativeLibrary.Load(file);
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchUnavailableException(Explain(file, refused.Message), refused);
        }
    }

    /// <summary>What the system's loader said, in words that help.</summary>
    internal static string Explain(string file, string said)
    {
        var missing = MissingVersion().Match(said);
        return missing.Success
            ? $"this system is older than libtorch needs: {Path.GetFileName(file)} wants {missing.Value}, which the system's C or C++ "
                + $"library lacks. Expected: Debian 12, Ubuntu 22.04 or newer (glibc {OldestC} and newer). Update the system, or run "
                + "SEAS in a container of a newer one."
            : $"the system could not load {file}: {said.ReplaceLineEndings(" ").Trim()}. Run \"dotnet restore --force\" so that NuGet lays "
                + "its files anew, then ./seas doctor.";
    }

    /// <summary>OpenMP's threads: as many as .NET counts, and none that spins for long while others have work.</summary>
    /// <remarks>A thread that waits spins for about a tenth of a millisecond, which bridges the gap between two operators, and then sleeps,
    /// which leaves the processor to the web server and the browser (docs/threads.md). OpenMP reads the environment once, when it is
    /// loaded, and .NET's own SetEnvironmentVariable is not seen by native code. What the user set stays as it is.</remarks>
    private static string PrepareThreads()
    {
        const string Spins = "10000";
        setenv("OMP_NUM_THREADS", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), 0);
        foreach (var theirs in (string[])["OMP_WAIT_POLICY", "GOMP_SPINCOUNT"])
        {
            if (Environment.GetEnvironmentVariable(theirs) is { Length: > 0 } value)
            {
                return $"{theirs}={value} (from the environment)";
            }
        }

        setenv("GOMP_SPINCOUNT", Spins, 1);
        return $"GOMP_SPINCOUNT={Spins}";
    }

    [GeneratedRegex(@"\b(GLIBC|GLIBCXX|CXXABI)_[0-9.]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingVersion();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
