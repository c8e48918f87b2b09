using System.Runtime.CompilerServices;
using SEAS.Training.Engine.Devices;
using TorchSharp;

namespace SEAS.Tests.Engine.Torch;

/// <summary>A program that has TorchSharp loaded before anything of SEAS: a part that the tests play in a process of its own.</summary>
internal static class TorchSharpFirst
{
    /// <summary>What starts it.</summary>
    public const string Part = "torchsharp-first";

    /// <summary>Loads TorchSharp, then SEAS, then computes.</summary>
    /// <returns>What the process ends with: 3, the sum of two numbers.</returns>
    public static int Play()
    {
        LoadTorchSharp();
        LoadSeas();
        return Sum();
    }

    // Each in a method of its own, because a method loads what it names when it is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoadTorchSharp() => _ = typeof(torch.Tensor).Assembly;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoadSeas() => RuntimeHelpers.RunModuleConstructor(typeof(TorchRuntime).Module.ModuleHandle);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Sum() => (int)torch.ones(1).add(2).item<float>();
}
