using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Runs.Plan;

/// <summary>The runs that a person can start without writing a plan.</summary>
public static class Presets
{
    /// <summary>Those of the embedded world, the default first.</summary>
    public static IReadOnlyList<string> EmbeddedNames { get; } = ["embedded", "smoke"];

    /// <summary>Those for models and prompts of a person's own, the default first.</summary>
    public static IReadOnlyList<string> OutsideNames { get; } = ["small", "llama-3-8b", "qwen2.5-3b", "attack-only"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. EmbeddedNames, .. OutsideNames];

    /// <summary>A preset's plan.</summary>
    /// <exception cref="RunPlanException">No preset has this name.</exception>
    public static RunPlan Plan(string name, long seed) => name switch
    {
        "embedded" => Embedded(name, seed),
        "smoke" => Smoke(Embedded(name, seed)),
        "llama-3-8b" or "qwen2.5-3b" => OutsidePresets.Paper(name, seed),
        "small" => OutsidePresets.Small(name, seed),
        "attack-only" => OutsidePresets.AttackOnly(name, seed),
        _ => throw new RunPlanException([$"There is no preset '{name}'. Known presets: {string.Join(", ", Names)}."]),
    };

    // Learning rates and sizes were chosen on the validation split, for models of two million parameters; docs/LOG.md tells how.
    private static RunPlan Embedded(string name, long seed) => new()
    {
        Preset = name,
        Seed = seed,
        RedInitialization = new() { Examples = 1400, Training = Tuning(new TrainingSettings { LearningRate = 6e-4, Epochs = 2,
            WarmupSteps = 20 }) },
        TargetInitialization = new() { Examples = 5000, Training = Tuning(new TrainingSettings { LearningRate = 8e-4, Epochs = 2,
            WarmupSteps = 20 }) },
        Attack = new() { Seeds = 300, PromptsPerSeed = 4, AnswersPerPrompt = 5, PromptTokens = 40, AnswerTokens = 40 },
        RedUpdate = new()
        {
            Training = Tuning(new DpoSettings { LearningRate = 1.7e-4, Epochs = 2, WarmupSteps = 5, ChosenNllWeight = 0.1 }),
            OpeningCap = 0.12,
            GeneralRows = 300,
        },
        TargetUpdate = new()
        {
            // β = 1 lets a pair go once it is ranked right; few pairs among many general rows keep refusals where they belong.
            Training = Tuning(new DpoSettings
            {
                LearningRate = 7e-5, Epochs = 3, WarmupSteps = 5, Beta = 1.0, ChosenNllWeight = 0.05, GeneralWeight = 30,
            }) with { BatchSize = 4 },
            SafetyPairs = 120,
            OpeningCap = 0.04,
            GeneralRows = [3000],
        },
        Evaluation = new() { StaticPrompts = 420, MatrixAttacks = 300, Ambiguous = 300, Tasks = 240 },
    };

    private static T Tuning<T>(T settings)
        where T : TrainingSettings => settings with { BatchSize = 16, AdamBeta2 = 0.99, FinalLearningRateShare = 0.1 };

    // The same loop with everything smaller: a check of the machinery, not of the models.
    private static RunPlan Smoke(RunPlan plan) => plan with
    {
        RedInitialization = plan.RedInitialization with { Examples = 300, Training = plan.RedInitialization.Training with { Epochs = 1 } },
        TargetInitialization = plan.TargetInitialization with { Examples = 900,
            Training = plan.TargetInitialization.Training with { Epochs = 1 } },
        Attack = plan.Attack with { Seeds = 32, PromptsPerSeed = 3, AnswersPerPrompt = 3, SeedsPerUnit = 8 },
        RedUpdate = plan.RedUpdate with { OpeningCap = 0.3, GeneralRows = 32 },
        TargetUpdate = plan.TargetUpdate with { SafetyPairs = 24, OpeningCap = 0.3, GeneralRows = [240] },
        Evaluation = plan.Evaluation with { StaticPrompts = 56, MatrixAttacks = 40, Ambiguous = 40, Tasks = 40 },
    };
}
