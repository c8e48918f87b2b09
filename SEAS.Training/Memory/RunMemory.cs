using SEAS.Training.Checkpoints;
using SEAS.Training.Embedded;
using SEAS.Training.Loop;
using SEAS.Training.Models;

namespace SEAS.Training.Memory;

/// <summary>What a whole run needs: the most of any of its stages.</summary>
public static class RunMemory
{
    // Instructions that ask for prompts, and chat formats, beside the plan's own numbers.
    private const int AskingTokens = 160;

    /// <summary>The stages' needs, the greatest first.</summary>
    /// <exception cref="CheckpointException">A model's config.json cannot be read.</exception>
    public static IReadOnlyList<MemoryNeed> Of(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var red = Config(plan.RedModel ?? EmbeddedWeights.Base);
        var target = Config(plan.TargetModel ?? EmbeddedWeights.Base);
        var guard = Config(plan.GuardModel ?? EmbeddedWeights.Guard);
        var (prompt, answer) = (plan.Attack.PromptTokens, plan.Attack.AnswerTokens);
        var attacking = ModelMemory.Attack(red, AskingTokens, prompt, plan.Attack.PromptsPerSeed);
        var answering = ModelMemory.Attack(target, prompt, answer, plan.Attack.AnswersPerPrompt);
        var judging = ModelMemory.Attack(guard, prompt + answer + AskingTokens, 1, 1);
        return
        [
            .. ((MemoryNeed[])
            [
                attacking with { Work = "R writes prompts" },
                answering with { Work = "T answers" },
                judging with { Work = "the guard judges" },
                Tuning(red, plan.RedUpdate.Training, AskingTokens, prompt) with { Work = "tuning R" },
                Tuning(target, plan.TargetUpdate.Training, prompt, answer) with { Work = "tuning T" },
            ]).OrderByDescending(need => need.Total),
        ];

        static MemoryNeed Tuning(LlamaConfig model, Recipes.DpoSettings settings, int asked, int written) => ModelMemory.Tuning(
            model, settings.BatchSize, asked + (2 * written), 2 * written, settings.Lora, settings.GradientCheckpointing, preferences: true);
    }

    private static LlamaConfig Config(string folder) => LlamaConfigFile.Read(Path.Combine(folder, "config.json"));
}
