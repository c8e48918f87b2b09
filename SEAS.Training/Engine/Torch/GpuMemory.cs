using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Torch;

/// <summary>How much memory a GPU has.</summary>
/// <remarks>TorchSharp 0.107 does not say. NVIDIA's driver does, by functions that have been the same since CUDA 3.2; it counts the cards as
/// libtorch does, with CUDA_VISIBLE_DEVICES.</remarks>
internal static partial class GpuMemory
{
    /// <summary>Bytes of a device's memory in all; null on the CPU, and where the driver does not tell.</summary>
    /// <param name="device">Any device.</param>
    public static long? Of(Device device)
    {
        if (device.type != DeviceType.CUDA)
        {
            return null;
        }

        try
        {
            return cuInit(0) == 0 && cuDeviceGet(out var card, Math.Max(0, device.index)) == 0 && cuDeviceTotalMem_v2(out var bytes, card) == 0
                ? (long)bytes
                : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;   // a run works without knowing
        }
    }

    /// <summary>The memory of the GPU that a run would take; null where it would take none, or that is not known. Torch is loaded only where
    /// the system has NVIDIA's driver.</summary>
    /// <param name="device">As a plan says it: auto, cpu or cuda:N.</param>
    public static long? OfRun(string device) =>
        Directory.Exists("/proc/driver/nvidia") && !string.Equals(device, "cpu", StringComparison.Ordinal) && TorchLibrary.Load() is null
            && cuda.is_available()
        ? Of(new Device(string.Equals(device, "auto", StringComparison.Ordinal) ? "cuda:0" : device))
        : null;

    private const string Driver = "cuda";   // libcuda.so.1, by the resolver in TorchLibrary; on Windows it is not asked

    [LibraryImport(Driver)]
    private static partial int cuInit(uint flags);

    [LibraryImport(Driver)]
    private static partial int cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Driver)]
    private static partial int cuDeviceTotalMem_v2(out nuint bytes, int device);
}
