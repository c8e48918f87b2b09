using System.CommandLine;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Guards;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Web.Commands;

/// <summary><c>run</c>: the SEAS loop without the dashboard.</summary>
internal static class RunCommand
{
    private static readonly Option<string> s_preset = Options.Text("--preset", "NAME", Presets.Names[0], "embedded or smoke.");
    private static readonly Option<long> s_seed =
        Options.Number("--seed", 1, 0, long.MaxValue, "Everything random derives from this number.");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();
    private static readonly Option<FileInfo?> s_json = Options.File("--json", "Write the run's figures to this file.");
    private static readonly Option<bool> s_resume = Options.Flag("--resume", "Go on with the newest run that was stopped.");
    private static readonly Option<bool> s_quiet = Options.Flag("--quiet", "Say nothing unless something goes wrong.");

    private static readonly Option<DirectoryInfo?> s_red = Options.Folder("--red", "Weights of the red-team model.");
    private static readonly Option<DirectoryInfo?> s_target = Options.Folder("--target", "Weights of the target model.");
    private static readonly Option<DirectoryInfo?> s_guard = Options.Folder("--guard", "Weights of the guard.");
    private static readonly Option<string?> s_redChat = Options.Chat("--red-chat", "the red-team model");
    private static readonly Option<string?> s_targetChat = Options.Chat("--target-chat", "the target model");
    private static readonly Option<string?> s_guardChat = Options.Chat("--guard-chat", "the guard");
    private static readonly Option<int?> s_lora = new("--lora")
    {
        Description = "Tune low-rank adapters of this rank, at ten times the learning rates, in place of all weights; merged into "
            + "each checkpoint.",
        HelpName = "RANK",
    };

    private static readonly Option<string?> s_seeds = new("--seeds")
    {
        Description = "Seed prompts: an imported set, or a file (SEAS JSON lines, AdvBench CSV and others).",
        HelpName = "NAME|FILE",
    };

    private static readonly Option<string?> s_instructions = new("--instructions")
    {
        Description = "An imported set of instructions that the target keeps learning.",
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
        Description = "Change any number of the plan, e.g. --set Attack.Seeds=100; may be repeated.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option[] s_planOptions =
    [
        s_red, s_target, s_guard,
        s_redChat, s_targetChat, s_guardChat, s_seeds, s_instructions, s_evaluation, s_lora, s_rounds, s_device, s_wait, s_set,
        .. EndpointOptions.All,
    ];

    public static Command Create()
    {
        var command = new Command("run", "Run the SEAS loop without the dashboard.");
        foreach (var option in (Option[])[s_preset, s_seed, s_data, s_json, s_resume, s_quiet, .. s_planOptions])
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The plan that these arguments describe.</summary>
    /// <exception cref="RunPlanException">A preset or a number is not known.</exception>
    internal static RunPlan Plan(ParseResult arguments)
    {
        var plan = Presets.Plan(arguments.GetValue(s_preset)!, arguments.GetValue(s_seed));
        plan = plan with
        {
            RedModel = arguments.GetValue(s_red)?.FullName ?? plan.RedModel,
            TargetModel = arguments.GetValue(s_target)?.FullName ?? plan.TargetModel,
            GuardModel = arguments.GetValue(s_guard)?.FullName ?? plan.GuardModel,
            Chats = new ChatPlan
            {
                Red = ChatFormat(arguments.GetValue(s_redChat)),
                Target = ChatFormat(arguments.GetValue(s_targetChat)),
                Guard = ChatFormat(arguments.GetValue(s_guardChat)),
            },
            SeedFile = arguments.GetValue(s_seeds) is { } seeds ? Path.GetFullPath(seeds) : plan.SeedFile,
            Rounds = arguments.GetValue(s_rounds) ?? plan.Rounds,
            Device = arguments.GetValue(s_device)!,
            Review = plan.Review with { WaitForLabels = arguments.GetValue(s_wait) ?? plan.Review.WaitForLabels },
        };
        plan = EndpointOptions.Apply(plan, arguments, Environment.GetEnvironmentVariable);
        plan = arguments.GetValue(s_lora) is { } rank ? plan.WithAdapters(rank) : plan;
        return RunPlanText.With(plan, arguments.GetValue(s_set) ?? []);
    }

    // Files are taken in last, when everything else is known to be right.
    private static RunPlan WithSets(RunPlan plan, Store store, ParseResult arguments)
    {
        plan = PlanSets.Named(plan, store, arguments.GetValue(s_seeds), arguments.GetValue(s_instructions));
        RunPlanValidation.ThrowIfInvalid(plan);
        return PlanSets.Measured(plan, store, arguments.GetValue(s_evaluation) ?? [], arguments.GetValue(s_quiet) ? null : set =>
            Console.Error.WriteLine($"took {set.Rows} rows of {set.FileName} in as the evaluation set '{set.Name}' ({set.Format})"));
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var report = ReportFile.At(arguments.GetValue(s_json));
        var resume = arguments.GetValue(s_resume);
        if (resume && Array.Find(s_planOptions, option => !IsDefault(arguments, option)) is { } refused)
        {
            throw new UsageException(
                $"A resumed run keeps its own plan, so {refused.Name} cannot be given with --resume. Leave it out, or start a new run.");
        }

        var plan = resume ? null : Plan(arguments);
        using var store = Store.Open(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System, "./seas run");
        plan = plan is null ? null : WithSets(plan, store, arguments);
        store.Runs.RecoverInterrupted();
        using var feed = new RunFeed(store, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var gate = new LeaveForLabels(stop);
        var executor = new RunExecutor(store, feed, gate);
        var run = plan is null ? ResumableRun.Find(store, Chosen(arguments)) : executor.Create(plan);
        var output = arguments.GetValue(s_quiet) ? null : new RunOutput(store, feed, run);
        if (run.Status != RunStatus.Finished)
        {
            Task Work() => WorkThread.RunAsync(() => executor.Execute(run.Id, stop.Token));
            try
            {
                await (output?.FollowAsync(Work) ?? Work());
            }
            catch (OperationCanceledException) when (gate.Waiting is not null)
            {
                Console.Error.WriteLine(gate.Advice);
                return ExitCodes.WaitsForLabels;
            }
        }

        output?.Summarize();
        report?.Write(RunReport.Write(store, run.Id));
        return ExitCodes.Success;
    }

    // A run may be resumed from another folder.
    private static string? ChatFormat(string? choice) => choice is not null && File.Exists(choice) ? Path.GetFullPath(choice) : choice;

    // A preset or a seed that was named narrows down which run is meant.
    private static Func<Run, bool> Chosen(ParseResult arguments) => run =>
        (IsDefault(arguments, s_preset) || run.Preset == arguments.GetValue(s_preset))
        && (IsDefault(arguments, s_seed) || run.Seed == arguments.GetValue(s_seed));

    private static bool IsDefault(ParseResult arguments, Option option) => arguments.GetResult(option) is not { Implicit: false };
}
