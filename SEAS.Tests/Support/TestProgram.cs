using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using SEAS.Tests.Datasets.Export;
using SEAS.Tests.Engine.Torch;
using SEAS.Tests.Review;
using SEAS.Tests.Storage;

namespace SEAS.Tests.Support;

/// <summary>The test assembly as a program of its own: parts that a test wants played by a process that it can kill.</summary>
internal static class TestProgram
{
    public static int Main(string[] arguments)
    {
        if (arguments is [KilledWriter.Part, var folder])
        {
            KilledWriter.WriteForEver(folder);
        }

        if (arguments is [var step, var frozen] && step.StartsWith(KilledFreezer.Part, StringComparison.Ordinal))
        {
            KilledFreezer.Play(step[KilledFreezer.Part.Length..], frozen);
        }

        if (arguments is [KilledLabellers.Part, var labelled])
        {
            KilledLabellers.LabelForEver(labelled);
        }

        if (arguments is [TorchSharpFirst.Part, _])
        {
            return TorchSharpFirst.Play();
        }

        return 1;
    }

    /// <summary>Starts a process that plays a part; what it says can be read from its standard output.</summary>
    public static Process Start(string part, string folder)
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.x/ → …/dotnet/dotnet
        var dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        return Process.Start(new ProcessStartInfo(dotnet, ["exec", Assembly.GetExecutingAssembly().Location, part, folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
    }
}
