using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Runs.Plan;

/// <summary>Adapters for every tuning of a run at once.</summary>
public static class AdapterPlan
{
    /// <summary>In the embedded world, how many times the learning rate of all weights adapters get: at the same rate they hardly move
    /// (docs/LOG.md).</summary>
    public const double LearningRateFactor = 10;

    /// <summary>The rate at which adapters of models from outside learn rows: LLaMA-Factory's example of LoRA on Llama 3 8B. The paper tunes
    /// all weights.</summary>
    public const double RowsRate = 1e-4;

    /// <summary>The rate at which they learn pairs: LLaMA-Factory's example of DPO with LoRA on Llama 3 8B.</summary>
    public const double PairsRate = 5e-6;

    /// <summary>The same plan with low-rank adapters of this rank, α twice the rank, on all projections. In the embedded world rates become
    /// <see cref="LearningRateFactor"/> times as large; models from outside get <see cref="RowsRate"/> and <see cref="PairsRate"/>.</summary>
    public static RunPlan WithAdapters(this RunPlan plan, int rank)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var lora = new LoraSettings { Rank = rank, Alpha = 2.0 * rank };
        return plan with
        {
            RedInitialization = plan.RedInitialization with { Training = Adapt(plan.RedInitialization.Training, RowsRate) },
            TargetInitialization = plan.TargetInitialization with { Training = Adapt(plan.TargetInitialization.Training, RowsRate) },
            RedUpdate = plan.RedUpdate with { Training = Adapt(plan.RedUpdate.Training, PairsRate) },
            TargetUpdate = plan.TargetUpdate with { Training = Adapt(plan.TargetUpdate.Training, PairsRate) },
        };

        T Adapt<T>(T training, double outside)
            where T : TrainingSettings =>
            training with { Lora = lora, LearningRate = plan.IsOutside ? outside : LearningRateFactor * training.LearningRate };
    }
}
