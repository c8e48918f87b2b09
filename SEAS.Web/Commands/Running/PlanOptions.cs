using System.CommandLine;
using SEAS.Data;
using SEAS.Training.Inputs;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Commands;

/// <summary>The options that describe a plan, and the plan that they describe: the same for <c>run</c> and <c>plan</c>.</summary>
internal static class PlanOptions
{
    /// <summary>The preset; its default depends on whether anything comes from outside.</summary>
    public static readonly Option<string?> Preset = new("--preset")
    {
        Description = $"{string.Join(", ", Presets.EmbeddedNames)} for the embedded world; {string.Join(", ", Presets.OutsideNames)} for models and "
            + $"prompts of your own. Default: {Presets.EmbeddedNames[0]}, or {Presets.OutsideNames[0]} where a model or prompts are named.",
        HelpName = "NAME",
    };

    /// <summary>The seed.</summary>
    public static readonly Option<long> Seed = Options.Number("--seed", 1, 0, long.MaxValue, "Everything random derives from this number.");

    private static readonly Option<FileInfo?> s_config =
        Options.File("--config", "A plan as YAML or JSON, as './seas plan' prints it; what it leaves out stays as in its preset.");

    private static readonly Option<DirectoryInfo?> s_red = Options.Folder("--red", "Weights of the red-team model.");
    private static readonly Option<DirectoryInfo?> s_target = Options.Folder("--target", "Weights of the target model.");
    private static readonly Option<DirectoryInfo?> s_guard = Options.Folder("--guard", "Weights of the guard.");
    private static readonly Option<string?> s_redChat = Options.Chat("--red-chat", "the red-team model");
    private static readonly Option<string?> s_targetChat = Options.Chat("--target-chat", "the target model");
    private static readonly Option<string?> s_guardChat = Options.Chat("--guard-chat", "the guard");
    private static readonly Option<int?> s_lora = new("--lora")
    {
        Description = "Tune low-rank adapters of this rank in place of all weights, merged into each checkpoint; rates are then 1e-4 for rows and "
            + "5e-6 for pairs (in the embedded world ten times the preset's).",
        HelpName = "RANK",
    };

    private static readonly Option<string?> s_seeds = new("--seeds")
    {
        Description = "Seed prompts: an imported set, or a file (SEAS JSON lines, AdvBench CSV and others).",
        HelpName = "NAME|FILE",
    };

    private static readonly Option<string?> s_instructions = new("--instructions")
    {
        Description = "An imported set of instructions that the target learns before the first round and keeps learning.",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> s_evaluation = new("--evaluation")
    {
        Description = "Measure each round's target on an imported evaluation set, or on a file, which is taken in; may be repeated.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int?> s_rounds = new("--rounds") { Description = "Rounds of attack and hardening.", HelpName = "N" };
    private static readonly Option<string> s_device = Options.Text("--device", "NAME", "auto", "auto, cpu or cuda:N.");

    private static readonly Option<int?> s_wait = new("--wait-for-labels")
    {
        Description = "Let each round stop until people have given N labels.",
        HelpName = "N",
    };

    private static readonly Option<string[]> s_set = new("--set")
    {
        Description = "Change any setting of the plan, e.g. --set Attack.Seeds=100; may be repeated. './seas plan' prints their names.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>All but preset and seed.</summary>
    public static IReadOnlyList<Option> Others { get; } =
    [
        s_red, s_target, s_guard,
        s_redChat, s_targetChat, s_guardChat, s_seeds, s_instructions, s_evaluation, s_lora, s_rounds, s_device, s_wait, s_set, s_config,
        .. EndpointOptions.All,
    ];

    /// <summary>The plan that these arguments describe, before sets are looked up.</summary>
    /// <exception cref="RunPlanException">A preset or a setting is not known.</exception>
    /// <exception cref="CheckpointException">A model's config.json cannot be read.</exception>
    public static RunPlan Plan(ParseResult arguments)
    {
        var named = arguments.GetValue(Preset);
        var file = arguments.GetValue(s_config);
        if (named is not null && file is not null)
        {
            throw new UsageException("--preset and --config cannot be given together: the file names its own preset. Leave one out.");
        }

        var plan = Applied(file is null ? Presets.Plan(named ?? Presets.EmbeddedNames[0], arguments.GetValue(Seed)) : Read(file, arguments), arguments);
        if (named is null && file is null && plan.NamesOutside())
        {
            plan = Applied(Presets.Plan(Presets.OutsideNames[0], arguments.GetValue(Seed)), arguments);
        }

        plan = plan.NamesOutside() ? plan with { Inputs = InputsFrom.Outside } : plan;
        plan = plan.IsOutside && file is null ? plan.WithinContext() : plan;
        plan = arguments.GetValue(s_lora) is { } rank ? plan.WithAdapters(rank) : plan;
        return RunPlanText.With(plan, arguments.GetValue(s_set) ?? []);
    }

    /// <summary>The plan with the sets that the arguments name, and all that is wrong with it.</summary>
    public static (RunPlan Plan, List<string> Problems) Found(RunPlan plan, Store store, ParseResult arguments)
    {
        var problems = new List<string>();
        try
        {
            plan = PlanSets.Named(plan, store, arguments.GetValue(s_seeds), arguments.GetValue(s_instructions));
        }
        catch (RunPlanException error)
        {
            problems.AddRange(error.Problems);
        }

        // What was said of a name is not said a second time of the file that it is not.
        problems.AddRange(RunPlanValidation.Problems(plan).Where(problem => !problems.Any(said => Beginning(said) == Beginning(problem))).ToList());
        problems.AddRange(RunInputs.Problems(plan, store));
        return (plan, problems);
    }

    /// <summary>The evaluation sets that the arguments name; files are taken in, so this comes last.</summary>
    public static string[] Evaluation(ParseResult arguments) => arguments.GetValue(s_evaluation) ?? [];

    /// <summary>Whether the arguments name something that only a store can say.</summary>
    public static bool NamesSets(ParseResult arguments) =>
        arguments.GetValue(s_instructions) is not null || Evaluation(arguments).Length > 0
        || (arguments.GetValue(s_seeds) is { } seeds && !File.Exists(seeds));

    private static string Beginning(string problem) => string.Join(' ', problem.Split(' ').Take(2));

    private static RunPlan Read(FileInfo file, ParseResult arguments)
    {
        if (!file.Exists)
        {
            throw new UsageException($"--config names {file.FullName}, which does not exist; './seas plan --preset small' prints one.");
        }

        return PlanFile.Read(File.ReadAllText(file.FullName), Presets.EmbeddedNames[0], arguments.GetValue(Seed));
    }

    private static RunPlan Applied(RunPlan plan, ParseResult arguments)
    {
        plan = plan with
        {
            Seed = IsGiven(arguments, Seed) ? arguments.GetValue(Seed) : plan.Seed,
            RedModel = arguments.GetValue(s_red)?.FullName ?? plan.RedModel,
            TargetModel = arguments.GetValue(s_target)?.FullName ?? plan.TargetModel,
            GuardModel = arguments.GetValue(s_guard)?.FullName ?? plan.GuardModel,
            Chats = new ChatPlan
            {
                Red = ChatFormat(arguments.GetValue(s_redChat)) ?? plan.Chats.Red,
                Target = ChatFormat(arguments.GetValue(s_targetChat)) ?? plan.Chats.Target,
                Guard = ChatFormat(arguments.GetValue(s_guardChat)) ?? plan.Chats.Guard,
            },
            SeedFile = arguments.GetValue(s_seeds) is { } seeds ? Path.GetFullPath(seeds) : plan.SeedFile,
            Rounds = arguments.GetValue(s_rounds) ?? plan.Rounds,
            Device = IsGiven(arguments, s_device) ? arguments.GetValue(s_device)! : plan.Device,
            Review = plan.Review with { WaitForLabels = arguments.GetValue(s_wait) ?? plan.Review.WaitForLabels },
        };
        return EndpointOptions.Apply(plan, arguments, Environment.GetEnvironmentVariable);
    }

    /// <summary>Whether an option was given, and not left at its default.</summary>
    public static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    // A run may be resumed from another folder.
    private static string? ChatFormat(string? choice) => choice is not null && File.Exists(choice) ? Path.GetFullPath(choice) : choice;
}
