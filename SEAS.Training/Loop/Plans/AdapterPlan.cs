using SEAS.Training.Models;

namespace SEAS.Training.Loop;

/// <summary>Adapters for every tuning of a run at once.</summary>
public static class AdapterPlan
{
    /// <summary>The same plan with low-rank adapters of this rank, α twice the rank, on all projections.</summary>
    public static RunPlan WithAdapters(this RunPlan plan, int rank)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var lora = new LoraSettings { Rank = rank, Alpha = 2.0 * rank };
        return plan with
        {
            RedInitialization = plan.RedInitialization with { Training = plan.RedInitialization.Training with { Lora = lora } },
            TargetInitialization = plan.TargetInitialization with { Training = plan.TargetInitialization.Training with { Lora = lora } },
            RedUpdate = plan.RedUpdate with { Training = plan.RedUpdate.Training with { Lora = lora } },
            TargetUpdate = plan.TargetUpdate with { Training = plan.TargetUpdate.Training with { Lora = lora } },
        };
    }
}
