using SEAS.Training.Checkpoints;
using SEAS.Training.Embedded;
using SEAS.Training.Memory;
using SEAS.Training.Models;

namespace SEAS.Training.Loop;

/// <summary>What a whole run needs: the most of any of its stages.</summary>
public static class RunMemory
{
    // Instructions that ask for prompts, and chat formats, beside the plan's own numbers.
    private const int AskingTokens = 160;

    /// <summary>The stages' needs, the greatest first; none for a role behind an endpoint.</summary>
    /// <exception cref="CheckpointException">A model's config.json cannot be read.</exception>
    public static IReadOnlyList<MemoryNeed> Of(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (prompt, answer) = (plan.Attack.PromptTokens, plan.Attack.AnswerTokens);
        var needs = new List<MemoryNeed>();
        if (plan.Endpoints.Red is null)
        {
            var red = Config(plan.RedModel ?? EmbeddedWeights.Base);
            needs.Add(ModelMemory.Attack(red, AskingTokens, prompt, plan.Attack.PromptsPerSeed) with { Work = "R writes prompts" });
            needs.Add(Tuning(red, plan.RedUpdate.Training, AskingTokens, prompt) with { Work = "tuning R" });
        }

        if (plan.Endpoints.Target is null)
        {
            var target = Config(plan.TargetModel ?? EmbeddedWeights.Base);
            needs.Add(ModelMemory.Attack(target, prompt, answer, plan.Attack.AnswersPerPrompt) with { Work = "T answers" });
            needs.Add(Tuning(target, plan.TargetUpdate.Training, prompt, answer) with { Work = "tuning T" });
        }

        if (plan.Endpoints.Judge is null)
        {
            var guard = Config(plan.GuardModel ?? EmbeddedWeights.Guard);
            needs.Add(ModelMemory.Attack(guard, prompt + answer + AskingTokens, 1, 1) with { Work = "the guard judges" });
        }

        var halved = plan.Weights == WeightPrecision.BFloat16;   // gains and biases, which are not, hardly count
        return [.. needs.Select(need => halved ? need with { Weights = need.Weights / 2 } : need).OrderByDescending(need => need.Total)];

        static MemoryNeed Tuning(LlamaConfig model, Recipes.DpoSettings settings, int asked, int written) => ModelMemory.Tuning(
            model, settings.BatchSize, asked + (2 * written), 2 * written, settings.Lora, settings.GradientCheckpointing,
            preferences: true);
    }

    private static LlamaConfig Config(string folder) => LlamaConfigFile.Read(Path.Combine(folder, "config.json"));
}
