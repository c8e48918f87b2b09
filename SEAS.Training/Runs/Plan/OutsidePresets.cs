using SEAS.Training.Engine.Recipes;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;

namespace SEAS.Training.Runs.Plan;

/// <summary>The presets for models and prompts of a person's own. Where each number comes from stands in
/// docs/decisions/0074-runs-from-outside.md.</summary>
internal static class OutsidePresets
{
    // "cutoff 2048" of the reference code, and its generation's most new tokens. Bounded by the models' contexts where a plan is made.
    private const int Tokens = 2048;

    // The reference code drops adversarial prompts and answers of more characters from its pairs.
    private const int Characters = 3000;

    /// <summary>The setting of the paper (section 4.1 and appendix E), on whatever models are named.</summary>
    public static RunPlan Paper(string name, long seed) => new()
    {
        Preset = name,
        Seed = seed,
        Inputs = InputsFrom.Outside,
        Rounds = 3,
        Weights = WeightPrecision.BFloat16,
        GuardFormat = LlamaGuard.Two.Name,
        RedInitialization = new() { Examples = 16_000, Training = new TrainingSettings { LearningRate = 5e-6, BatchSize = 8, Epochs = 3,
            WarmupSteps = 20, MaxLength = Tokens } },
        TargetInitialization = new() { Examples = 101_000, Training = new TrainingSettings { LearningRate = 5e-6, BatchSize = 8, Epochs = 3,
            WarmupSteps = 20, MaxLength = Tokens } },
        Attack = new()
        {
            Seeds = 5000, Shots = 3, PromptsPerSeed = 5, AnswersPerPrompt = 5, Temperature = 0.8, TopP = 0.9, PromptTokens = Tokens, AnswerTokens = Tokens,
            TypeSampling = TypeSampling.Types,
        },
        RedUpdate = new()
        {
            Training = Update(), MinimumGap = 1e-6, OpeningCap = 1, GeneralRows = 0, FluencyFilter = false, ChosenOnce = false, MaxCharacters = Characters,
        },
        TargetUpdate = new()
        {
            Training = Update(), SafetyPairs = 2000, OpeningCap = 1, GeneralRows = [7000, 14_000, 14_000],
            Answers = PairAnswers.First, MaxCharacters = Characters,
        },
        Evaluation = new() { StaticPrompts = 2000, MatrixAttacks = 5000, SetPrompts = 2000 },
    };

    /// <summary>Models of 100 to 500 million parameters: the paper's method with a tenth of its sizes.</summary>
    public static RunPlan Small(string name, long seed)
    {
        var plan = Paper(name, seed);
        return plan with
        {
            Weights = WeightPrecision.Float32,
            GuardFormat = LlamaGuard.Three.Name,
            RedInitialization = new() { Examples = 1600, Training = plan.RedInitialization.Training with { LearningRate = 2e-5, MaxLength = 1024 } },
            TargetInitialization = new() { Examples = 5000, Training = plan.TargetInitialization.Training with { LearningRate = 2e-5, MaxLength = 1024 } },
            Attack = plan.Attack with { Seeds = 500, PromptTokens = 512, AnswerTokens = 512, SeedsPerUnit = 10 },
            RedUpdate = plan.RedUpdate with { Training = plan.RedUpdate.Training with { MaxLength = 1024 } },
            TargetUpdate = plan.TargetUpdate with
            {
                Training = plan.TargetUpdate.Training with { MaxLength = 1024 }, SafetyPairs = 200, GeneralRows = [700, 1400, 1400],
            },
            Evaluation = new() { StaticPrompts = 400, MatrixAttacks = 500, SetPrompts = 500 },
        };
    }

    /// <summary>R against a target that stays as it is, here or behind a server: the paper's Table 7.</summary>
    public static RunPlan AttackOnly(string name, long seed)
    {
        var plan = Paper(name, seed);
        return plan with
        {
            TargetInitialization = plan.TargetInitialization with { Examples = 0 },
            TargetUpdate = plan.TargetUpdate with { Learns = false, GeneralRows = [] },
            Evaluation = plan.Evaluation with { MatrixAttacks = 500 },
        };
    }

    private static DpoSettings Update() => new()
    {
        LearningRate = 5e-6, BatchSize = 8, Epochs = 1, WarmupSteps = 20, Beta = 0.1, MaxLength = Tokens,
    };
}
