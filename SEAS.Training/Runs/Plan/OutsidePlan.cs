using SEAS.Training.Engine.Recipes;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;

namespace SEAS.Training.Runs.Plan;

/// <summary>Runs on models or prompts of a person's own: what they need, and how long their texts may be.</summary>
public static class OutsidePlan
{
    /// <summary>Whether R, T or the seeds come from outside. Another guard alone leaves the rest of the embedded world as it is.</summary>
    public static bool NamesOutside(this RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.RedModel is not null || plan.TargetModel is not null || plan.Endpoints.Red is not null || plan.Endpoints.Target is not null
            || plan.SeedFile is not null || plan.SeedSet is not null;
    }

    /// <summary>The plan with lengths that its models can hold: half of a context for each of prompt and answer, all of it for a training's row,
    /// and a quarter of the guard's, which reads both and its policy. A server's context is not known, and bounds nothing.</summary>
    /// <exception cref="CheckpointException">A model's config.json cannot be read.</exception>
    public static RunPlan WithinContext(this RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (red, target, guard) = (Context(plan.RedModel), Context(plan.TargetModel), Context(plan.GuardModel));
        return plan with
        {
            Attack = plan.Attack with
            {
                PromptTokens = Math.Min(plan.Attack.PromptTokens, Math.Min(red / 2, Math.Min(target / 2, guard / 4))),
                AnswerTokens = Math.Min(plan.Attack.AnswerTokens, Math.Min(target / 2, guard / 4)),
            },
            RedInitialization = plan.RedInitialization with { Training = Bounded(plan.RedInitialization.Training, red) },
            RedUpdate = plan.RedUpdate with { Training = Bounded(plan.RedUpdate.Training, red) },
            TargetInitialization = plan.TargetInitialization with { Training = Bounded(plan.TargetInitialization.Training, target) },
            TargetUpdate = plan.TargetUpdate with { Training = Bounded(plan.TargetUpdate.Training, target) },
        };
    }

    private static T Bounded<T>(T training, int context)
        where T : TrainingSettings => training with { MaxLength = Math.Min(training.MaxLength, context) };

    /// <summary>One sentence for each thing that a run from outside needs and that is not given.</summary>
    internal static IEnumerable<string> Problems(RunPlan plan)
    {
        if (!plan.IsOutside)
        {
            return plan.Attack.TypeSampling == TypeSampling.Rows || plan.SeedFile is not null || plan.SeedSet is not null ? []
                : ["Attack.TypeSampling is Types, but the embedded world's types are evenly spread as they are; expected Rows."];
        }

        return Missing(plan).Concat(Lengths(plan));
    }

    private static IEnumerable<string> Missing(RunPlan plan)
    {
        if (Presets.EmbeddedNames.Contains(plan.Preset))
        {
            yield return $"The preset '{plan.Preset}' is made for the embedded world's models of two million parameters: its rates, sizes and lengths "
                + $"fit no other. Expected one of {string.Join(", ", Presets.OutsideNames)}.";
        }

        if (plan.RedModel is null && plan.Endpoints.Red is null)
        {
            yield return "There is no red-team model; name one with --red DIR (or --red-url URL --red-model NAME, which is not tuned).";
        }

        if (plan.TargetModel is null && plan.Endpoints.Target is null)
        {
            yield return "There is no target; name one with --target DIR (or --target-url URL --target-model NAME, which is not tuned).";
        }

        if (plan.GuardModel is null && plan.Endpoints.Judge is null)
        {
            yield return "There is no guard: the embedded one can judge the embedded world alone. Name one with --guard DIR, or "
                + "--guard-url URL --guard-model NAME, and how it is asked with --guard-format.";
        }

        if (plan.GuardFormat == GuardFormat.Embedded.Name)
        {
            yield return $"--guard-format is '{plan.GuardFormat}', the embedded guard's; expected one of "
                + $"{string.Join(", ", GuardFormat.All.Keys.Where(name => name != GuardFormat.Embedded.Name))}.";
        }

        if (plan.SeedFile is null && plan.SeedSet is null)
        {
            yield return "There are no seed prompts; name a file or an imported set with --seeds NAME|FILE.";
        }

        if (plan.InstructionSet is null && plan.Endpoints.Target is null)
        {
            if (plan.TargetInitialization.Examples > 0)
            {
                yield return $"TargetInitialization.Examples is {plan.TargetInitialization.Examples} and there are no instructions; name an imported set with "
                    + "--instructions NAME, or begin with T as it is: --set TargetInitialization.Examples=0.";
            }

            if (plan.TargetUpdate.Learns && plan.TargetUpdate.GeneralRows.Any(rows => rows > 0))
            {
                yield return $"TargetUpdate.GeneralRows is [{string.Join(", ", plan.TargetUpdate.GeneralRows)}] and there are no instructions; "
                    + "name an imported set with --instructions NAME, or mix none in: --set TargetUpdate.GeneralRows=[].";
            }
        }
    }

    // What a model is told to write must leave room for what it reads.
    private static IEnumerable<string> Lengths(RunPlan plan)
    {
        var attack = plan.Attack;
        (string Who, string? Folder, int Written, string Setting)[] written =
        [
            ("R", plan.RedModel, attack.PromptTokens, "Attack.PromptTokens"), ("T", plan.TargetModel, attack.AnswerTokens, "Attack.AnswerTokens"),
        ];
        foreach (var (who, folder, tokens, setting) in written)
        {
            var context = Context(folder);
            if (tokens > context / 2)
            {
                yield return $"{setting} is {tokens} and {who}'s context holds {context} tokens; expected at most {context / 2}, so that half of it is left "
                    + "for what it reads.";
            }
        }

        (string Setting, string Who, string? Folder, TrainingSettings Training)[] learned =
        [
            ("RedInitialization", "R", plan.RedModel, plan.RedInitialization.Training), ("RedUpdate", "R", plan.RedModel, plan.RedUpdate.Training),
            ("TargetInitialization", "T", plan.TargetModel, plan.TargetInitialization.Training),
            ("TargetUpdate", "T", plan.TargetModel, plan.TargetUpdate.Training),
        ];
        foreach (var (setting, who, folder, training) in learned.Where(tuning => tuning.Training.MaxLength > Context(tuning.Folder)))
        {
            yield return $"{setting}.Training.MaxLength is {training.MaxLength} and {who}'s context holds {Context(folder)} tokens; "
                + "expected at most that, or 0.";
        }

        var read = Context(plan.TargetModel);
        if (attack.PromptTokens + attack.AnswerTokens > read)
        {
            yield return $"Attack.PromptTokens and Attack.AnswerTokens are {attack.PromptTokens + attack.AnswerTokens} together, and T's context holds {read} "
                + "tokens; expected both within it.";
        }
    }

    // An adapter's folder has no configuration of its own: its base's holds.
    private static int Context(string? folder)
    {
        if (folder is null || !ModelFolder.IsOne(folder))
        {
            return int.MaxValue;   // behind a server, or said to be missing where files are looked at
        }

        var with = folder;
        while (PeftFolder.IsOne(with))
        {
            with = PeftFolder.BaseOf(with);
        }

        return LlamaConfigFile.Read(Path.Combine(with, "config.json")).MaxPositions;
    }
}
