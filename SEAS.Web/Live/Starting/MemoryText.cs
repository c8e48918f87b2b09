using System.Globalization;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Memory;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live;

/// <summary>What a run will need in memory, in words, before it starts.</summary>
public static class MemoryText
{
    private const double Gib = 1L << 30;

    /// <summary>The most that any stage needs, and whether this machine has it.</summary>
    /// <exception cref="CheckpointException">A model's config.json cannot be read.</exception>
    public static string Of(RunPlan plan) => GpuMemory.OfRun(plan.Device) is { } gpu
        ? OnGpu(RunMemory.OnGpu(plan, gpu), gpu)
        : Of(RunMemory.Of(plan), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The same in a few words, for a place with little room: all of them only where it does not fit.</summary>
    public static string InShort(RunPlan plan) => GpuMemory.OfRun(plan.Device) is { } gpu
        ? $"It {OnGpu(RunMemory.OnGpu(plan, gpu), gpu)}."
        : InShort(RunMemory.Of(plan), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    internal static string OnGpu(GpuMemoryPlan plan, long gpu) => plan.Fitting(gpu) switch
    {
        GpuArrangement.Together => FormattableString.Invariant(
            $"needs about {plan.Peak(GpuArrangement.Together) / Gib:0.0} GiB of the GPU's {gpu / Gib:0.0}, with all its models there"),
        GpuArrangement.OneAtATime => FormattableString.Invariant(
            $"needs about {plan.Peak(GpuArrangement.OneAtATime) / Gib:0.0} GiB of the GPU's {gpu / Gib:0.0}: its models take turns there, and ")
            + "those that do not act wait in main memory",
        _ => FormattableString.Invariant(
            $"needs about {plan.Peak(GpuArrangement.OneAtATime) / Gib:0.0} GiB of the GPU's {gpu / Gib:0.0}, even with one model at a time: ")
            + "more than there is. Weights=BFloat16, adapters (--lora), gradient checkpointing or smaller batches need less",
    };

    internal static string InShort(IReadOnlyList<MemoryNeed> needs, long here) => needs.Count == 0 || needs[0].Total > here
        ? $"It {Of(needs, here)}."
        : string.Create(CultureInfo.InvariantCulture, $"About {needs[0].Total / Gib:0.0} GiB of memory.");

    internal static string Of(IReadOnlyList<MemoryNeed> needs, long here)
    {
        if (needs.Count == 0)
        {
            return "no model is held in memory here";
        }

        var most = needs[0];
        var text = string.Create(
            CultureInfo.InvariantCulture, $"needs about {most.Total / Gib:0.0} GiB of memory ({most.Work}); {here / Gib:0.0} GiB here");
        return most.Total <= here
            ? text
            : text + ": more than there is. Gradient checkpointing, adapters (--lora) or smaller batches need less";
    }
}
