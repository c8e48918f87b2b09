using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Memory;

/// <summary>What a whole run needs: the most of any of its stages.</summary>
public static class RunMemory
{
    // Instructions that ask for prompts, and chat formats, beside the plan's own numbers.
    private const int AskingTokens = 160;

    /// <summary>The stages' needs on a machine without a GPU, the greatest first; none for a role behind an endpoint.</summary>
    /// <exception cref="CheckpointException">A model's config.json cannot be read.</exception>
    public static IReadOnlyList<MemoryNeed> Of(RunPlan plan)
    {
        var models = Needs(plan, gpu: null);
        return [.. models.Red.Concat(models.Target).Concat(models.Guard).OrderByDescending(need => need.Total)];
    }

    /// <summary>The same on a GPU, model by model.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="gpu">The GPU's memory, in bytes.</param>
    /// <exception cref="CheckpointException">A model's config.json cannot be read.</exception>
    public static GpuMemoryPlan OnGpu(RunPlan plan, long gpu) => Needs(plan, gpu);

    private static GpuMemoryPlan Needs(RunPlan plan, long? gpu)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (prompt, answer) = (plan.Attack.PromptTokens, plan.Attack.AnswerTokens);
        return new GpuMemoryPlan(
            plan.Endpoints.Red is null ? Red(Config(plan.RedModel ?? EmbeddedWeights.Base)) : [],
            plan.Endpoints.Target is null ? Target(Config(plan.TargetModel ?? EmbeddedWeights.Base)) : [],
            plan.Endpoints.Judge is null ? Guard(Config(plan.GuardModel ?? EmbeddedWeights.Guard)) : [])
        {
            Bases = plan.SharedBase ? Shared(plan) : (0, 1, 2),
        };

        MemoryNeed[] Red(LlamaConfig red) =>
        [
            ModelMemory.Attack(red, AskingTokens, prompt, plan.Attack.PromptsPerSeed, plan.Weights, gpu) with { Work = "R writes prompts" },
            Tuning(red, plan.RedUpdate.Training, AskingTokens, prompt) with { Work = "tuning R" },
        ];

        MemoryNeed[] Target(LlamaConfig target) =>
        [
            ModelMemory.Attack(target, prompt, answer, plan.Attack.AnswersPerPrompt, plan.Weights, gpu) with { Work = "T answers" },
            Tuning(target, plan.TargetUpdate.Training, prompt, answer) with { Work = "tuning T" },
        ];

        MemoryNeed[] Guard(LlamaConfig guard) =>
        [
            ModelMemory.Attack(guard, prompt + answer + AskingTokens, 1, 1, plan.Weights, gpu) with { Work = "the guard judges" },
        ];

        MemoryNeed Tuning(LlamaConfig model, DpoSettings settings, int asked, int written) => ModelMemory.Tuning(
            model, settings.BatchSize, asked + (2 * written), 2 * written, settings.Lora, settings.GradientCheckpointing, plan.Weights,
            gpu is not null);
    }

    private static (int Red, int Target, int Guard) Shared(RunPlan plan)
    {
        string[] folders =
        [
            .. new[] { plan.RedModel ?? EmbeddedWeights.Base, plan.TargetModel ?? EmbeddedWeights.Base, plan.GuardModel ?? EmbeddedWeights.Guard }
                .Select(Path.GetFullPath),
        ];
        return (0, Array.IndexOf(folders, folders[1]), Array.IndexOf(folders, folders[2]));
    }

    private static LlamaConfig Config(string folder) => LlamaConfigFile.Read(Path.Combine(folder, "config.json"));
}
