using SEAS.Data.Contracts;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Runs.Plan;

/// <summary>Checks every number of a plan before anything starts, and reports all that is wrong at once.</summary>
public static class RunPlanValidation
{
    /// <summary>Stops a plan that cannot work.</summary>
    /// <exception cref="RunPlanException">At least one value is out of range or a file is missing; the message lists all of
    /// them.</exception>
    public static void ThrowIfInvalid(RunPlan plan) => RunPlanException.ThrowIfAny([.. Problems(plan)]);

    /// <summary>One sentence for each setting that needs a change.</summary>
    public static IEnumerable<string> Problems(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Sizes(plan).Concat(Rates(plan)).Concat(Review(plan)).Concat(Files(plan)).Concat(plan.Endpoints.Problems(plan))
            .Concat(OutsidePlan.Problems(plan)).Concat(Method(plan))
            .Concat(Weights(plan)).Concat(plan.Optimize.Problems()).Concat(plan.Gates.Problems())
            .Concat(plan.RedInitialization.Training.Problems().Select(problem => $"RedInitialization.Training.{problem}"))
            .Concat(plan.TargetInitialization.Training.Problems().Select(problem => $"TargetInitialization.Training.{problem}"))
            .Concat(plan.RedUpdate.Training.Problems().Select(problem => $"RedUpdate.Training.{problem}"))
            .Concat(plan.TargetUpdate.Training.Problems().Select(problem => $"TargetUpdate.Training.{problem}"));
    }

    private static IEnumerable<string> Weights(RunPlan plan)
    {
        if (plan.Weights is not (WeightPrecision.Float32 or WeightPrecision.BFloat16))
        {
            yield return $"Weights is {plan.Weights}; expected Float32 or BFloat16.";
        }

        (string Name, TrainingSettings Training)[] all =
        [
            ("RedInitialization", plan.RedInitialization.Training), ("TargetInitialization", plan.TargetInitialization.Training),
            ("RedUpdate", plan.RedUpdate.Training), ("TargetUpdate", plan.TargetUpdate.Training),
        ];
        foreach (var (name, _) in all.Where(part => plan.SharedBase && part.Training.Lora is null))
        {
            yield return $"{name}.Training.Lora is missing, but a base that models share learns by adapters alone: give --lora, or SharedBase=false.";
        }
    }

    private static IEnumerable<string> Sizes(RunPlan plan)
    {
        (string Name, int Value, int Least, int Most)[] sizes =
        [
            ("Rounds", plan.Rounds, 1, 20),
            ("RedInitialization.Examples", plan.RedInitialization.Examples, 0, 1_000_000),
            ("TargetInitialization.Examples", plan.TargetInitialization.Examples, 0, 1_000_000),
            ("Attack.Seeds", plan.Attack.Seeds, 1, 1_000_000),
            ("Attack.Shots", plan.Attack.Shots, 1, 20),
            ("Attack.PromptsPerSeed", plan.Attack.PromptsPerSeed, 2, 100),
            ("Attack.AnswersPerPrompt", plan.Attack.AnswersPerPrompt, 1, 100),
            ("Attack.TopK", plan.Attack.TopK, 0, 1_000_000),
            ("Attack.PromptTokens", plan.Attack.PromptTokens, 4, 8192),
            ("Attack.AnswerTokens", plan.Attack.AnswerTokens, 4, 8192),
            ("Attack.SeedsPerUnit", plan.Attack.SeedsPerUnit, 1, 10_000),
            ("RedUpdate.OpeningWords", plan.RedUpdate.OpeningWords, 1, 20),
            ("RedUpdate.MaxCharacters", plan.RedUpdate.MaxCharacters, 0, 1_000_000),
            ("TargetUpdate.MaxCharacters", plan.TargetUpdate.MaxCharacters, 0, 1_000_000),
            ("RedUpdate.GeneralRows", plan.RedUpdate.GeneralRows, 0, 1_000_000),
            ("TargetUpdate.SafetyPairs", plan.TargetUpdate.SafetyPairs, 1, 1_000_000),
            ("TargetUpdate.OpeningWords", plan.TargetUpdate.OpeningWords, 1, 20),
            ("Evaluation.StaticPrompts", plan.Evaluation.StaticPrompts, 1, 100_000),
            ("Evaluation.MatrixAttacks", plan.Evaluation.MatrixAttacks, 1, 100_000),
            ("Evaluation.Ambiguous", plan.Evaluation.Ambiguous, 1, 100_000),
            ("Evaluation.Tasks", plan.Evaluation.Tasks, 1, 100_000),
            ("Evaluation.SetPrompts", plan.Evaluation.SetPrompts, 1, 1_000_000),
            ("Review.MaxItemsPerRound", plan.Review.MaxItemsPerRound, 0, 100_000),
            ("Review.WaitForLabels", plan.Review.WaitForLabels, 0, 100_000),
        ];
        return sizes.Where(size => size.Value < size.Least || size.Value > size.Most)
            .Select(size => $"{size.Name} is {size.Value}; expected a whole number from {size.Least} to {size.Most}.")
            .Concat(plan.TargetUpdate.GeneralRows.Where(rows => rows < 0).Select(rows =>
                $"TargetUpdate.GeneralRows holds {rows}; expected 0 or more."));
    }

    private static IEnumerable<string> Method(RunPlan plan)
    {
        (string Name, object Value, bool Known)[] choices =
        [
            ("Inputs", plan.Inputs, Enum.IsDefined(plan.Inputs)),
            ("Attack.TypeSampling", plan.Attack.TypeSampling, Enum.IsDefined(plan.Attack.TypeSampling)),
            ("RedUpdate.Reference", plan.RedUpdate.Reference, Enum.IsDefined(plan.RedUpdate.Reference)),
            ("RedUpdate.PairsPerSeed", plan.RedUpdate.PairsPerSeed, Enum.IsDefined(plan.RedUpdate.PairsPerSeed)),
            ("TargetUpdate.Reference", plan.TargetUpdate.Reference, Enum.IsDefined(plan.TargetUpdate.Reference)),
            ("TargetUpdate.Order", plan.TargetUpdate.Order, Enum.IsDefined(plan.TargetUpdate.Order)),
            ("TargetUpdate.Answers", plan.TargetUpdate.Answers, Enum.IsDefined(plan.TargetUpdate.Answers)),
        ];
        foreach (var (name, value, _) in choices.Where(choice => !choice.Known))
        {
            yield return $"{name} is {value}; expected one of {string.Join(", ", Enum.GetNames(value.GetType()))}.";
        }

        if (!plan.TargetUpdate.Learns && plan.IsFixed(ModelRole.Red))
        {
            yield return "TargetUpdate.Learns is false and R is behind an endpoint, so neither model would learn; expected one that does.";
        }
    }

    private static IEnumerable<string> Rates(RunPlan plan)
    {
        (string Name, double Value, double Above, double Most)[] rates =
        [
            ("GuardThreshold", plan.GuardThreshold, 0, 1),
            ("Attack.TopP", plan.Attack.TopP, 0, 1),
            ("RedUpdate.OpeningCap", plan.RedUpdate.OpeningCap, 0, 1),
            ("TargetUpdate.OpeningCap", plan.TargetUpdate.OpeningCap, 0, 1),
            ("RedUpdate.MinimumGap", plan.RedUpdate.MinimumGap, 0, 1),
        ];
        foreach (var rate in rates.Where(rate => !(rate.Value > rate.Above && rate.Value <= rate.Most)))
        {
            yield return FormattableString.Invariant(
                $"{rate.Name} is {rate.Value}; expected a number above {rate.Above} and at most {rate.Most}.");
        }

        if (plan.Attack.Temperature is not (>= 0 and <= 5))
        {
            yield return FormattableString.Invariant($"Attack.Temperature is {plan.Attack.Temperature}; expected a number from 0 to 5.");
        }
    }

    private static IEnumerable<string> Review(RunPlan plan)
    {
        (string Name, double Value)[] shares =
        [
            ("Review.BandLow", plan.Review.BandLow), ("Review.BandHigh", plan.Review.BandHigh),
            ("Review.AuditShare", plan.Review.AuditShare), ("GuardFlipShare", plan.GuardFlipShare),
        ];
        foreach (var share in shares.Where(share => share.Value is not (>= 0 and <= 1)))
        {
            yield return FormattableString.Invariant($"{share.Name} is {share.Value}; expected a number from 0 to 1.");
        }

        if (plan.Review.BandLow > plan.Review.BandHigh)
        {
            yield return FormattableString.Invariant(
                $"Review.BandLow is {plan.Review.BandLow} and above Review.BandHigh, {plan.Review.BandHigh}; ")
                + "expected the band's lower end.";
        }

        if (plan.Branch is { } branch && (branch.Parent.Length == 0 || branch.Round < 1 || branch.Round > plan.Rounds))
        {
            yield return $"Branch names round {branch.Round} of run '{branch.Parent}', and Rounds is {plan.Rounds}; "
                + "expected the name of a run and one of the rounds.";
        }
    }

    private static IEnumerable<string> Files(RunPlan plan)
    {
        foreach (var (name, folder) in new[] { ("--red", plan.RedModel), ("--target", plan.TargetModel), ("--guard", plan.GuardModel) })
        {
            if (folder is not null && !ModelFolder.IsOne(folder))
            {
                yield return $"{name} names '{folder}', which holds no config.json; expected a "
                    + "Hugging Face folder with config.json, model.safetensors and tokenizer.json, or an adapter's folder.";
            }
        }

        foreach (var (name, chat) in new[]
            { ("--red-chat", plan.Chats.Red), ("--target-chat", plan.Chats.Target), ("--guard-chat", plan.Chats.Guard) })
        {
            if (chat is not null && !BuiltInTemplates.Names.Contains(chat) && !File.Exists(chat))
            {
                yield return $"{name} is '{chat}', which is neither a file nor one of {string.Join(", ", BuiltInTemplates.Names)}.";
            }
        }

        foreach (var name in plan.EvaluationSets.CountBy(set => set.Name).Where(set => set.Value > 1).Select(set => set.Key))
        {
            yield return $"--evaluation names the set '{name}' more than once; expected each set once.";
        }

        if (plan.SeedFile is { } seeds && !File.Exists(seeds))
        {
            yield return $"--seeds names '{seeds}', which does not exist; "
                + "expected a file of prompts (SEAS JSON lines, AdvBench CSV and others).";
        }
    }
}
