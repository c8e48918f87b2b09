using SEAS.Training.Engine.Torch;
using SEAS.Training.Memory;
using SEAS.Training.Runs.Plan;
using static TorchSharp.torch;

namespace SEAS.Training.Runs.Context;

/// <summary>Decides how a run's models share a GPU.</summary>
internal static class GpuRoom
{
    /// <summary>Null where all models can stay on the device: on the CPU, on a GPU that holds them all, and where they share one base.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="device">Where it runs.</param>
    public static ModelResidency? For(RunPlan plan, Device device) => For(plan, device, GpuMemory.Of(device));

    /// <inheritdoc cref="For(RunPlan, Device)"/>
    /// <param name="plan">The run's plan.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="memory">The device's memory in bytes; null where it is not known or not separate.</param>
    internal static ModelResidency? For(RunPlan plan, Device device, long? memory) =>
        !plan.SharedBase && memory is { } bytes && RunMemory.OnGpu(plan, bytes).Fitting(bytes) != GpuArrangement.Together
            ? new ModelResidency(device, CPU)
            : null;
}
