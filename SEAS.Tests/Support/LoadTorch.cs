using System.Runtime.CompilerServices;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Support;

/// <summary>A test may use torch before anything of the trainer: then the trainer's way of loading it has to be there first.</summary>
internal static class LoadTorch
{
#pragma warning disable CA2255 // The test assembly is the application here.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void AsTheTrainerDoes() => TorchLibrary.WatchForTorchSharp();
}
