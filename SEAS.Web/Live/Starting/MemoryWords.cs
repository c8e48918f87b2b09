using System.Globalization;
using SEAS.Training.Loop;
using SEAS.Training.Memory;

namespace SEAS.Web.Live;

/// <summary>What a run will need in memory, in words, before it starts.</summary>
public static class MemoryWords
{
    private const double Gib = 1L << 30;

    /// <summary>The most that any stage needs, and whether this machine has it.</summary>
    /// <exception cref="Training.Checkpoints.CheckpointException">A model's config.json cannot be read.</exception>
    public static string Of(RunPlan plan) => Of(RunMemory.Of(plan), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The same in a few words, for a place with little room: all of them only where it does not fit.</summary>
    public static string InShort(RunPlan plan) => InShort(RunMemory.Of(plan), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

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
