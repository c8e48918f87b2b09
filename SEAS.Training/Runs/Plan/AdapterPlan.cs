using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Runs.Plan;

/// <summary>Adapters for every tuning of a run at once.</summary>
public static class AdapterPlan
{
    /// <summary>How many times the learning rate of all weights adapters get: at the same rate they hardly move (docs/LOG.md).</summary>
    public const double LearningRateFactor = 10;

    /// <summary>The same plan with low-rank adapters of this rank, α twice the rank, on all projections, and learning rates
    /// <see cref="LearningRateFactor"/> times as large.</summary>
    public static RunPlan WithAdapters(this RunPlan plan, int rank)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var lora = new LoraSettings { Rank = rank, Alpha = 2.0 * rank };
        return plan with
        {
            RedInitialization = plan.RedInitialization with { Training = Adapt(plan.RedInitialization.Training) },
            TargetInitialization = plan.TargetInitialization with { Training = Adapt(plan.TargetInitialization.Training) },
            RedUpdate = plan.RedUpdate with { Training = Adapt(plan.RedUpdate.Training) },
            TargetUpdate = plan.TargetUpdate with { Training = Adapt(plan.TargetUpdate.Training) },
        };

        T Adapt<T>(T training)
            where T : TrainingSettings =>
            training with { Lora = lora, LearningRate = LearningRateFactor * training.LearningRate };
    }
}
