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
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();
    private static readonly Option<FileInfo?> s_json = Options.File("--json", "Write the run's figures to this file.");
    private static readonly Option<bool> s_resume = Options.Flag("--resume", "Go on with the newest run that was stopped.");
    private static readonly Option<bool> s_quiet = Options.Flag("--quiet", "Say nothing unless something goes wrong.");

    public static Command Create()
    {
        var command = new Command("run", "Run the SEAS loop without the dashboard.");
        foreach (var option in (Option[])[PlanOptions.Preset, PlanOptions.Seed, s_data, s_json, s_resume, s_quiet, .. PlanOptions.Others])
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The plan that these arguments describe.</summary>
    /// <exception cref="RunPlanException">A preset or a number is not known.</exception>
    internal static RunPlan Plan(ParseResult arguments) => PlanOptions.Plan(arguments);

    // Files are taken in last, when everything else is known to be right.
    private static RunPlan WithSets(RunPlan plan, Store store, ParseResult arguments)
    {
        (plan, var problems) = PlanOptions.Found(plan, store, arguments);
        if (problems.Count > 0)
        {
            throw new RunPlanException(problems);
        }

        return PlanSets.Measured(plan, store, PlanOptions.Evaluation(arguments), arguments.GetValue(s_quiet) ? null : set =>
            Console.Error.WriteLine($"took {set.Rows} rows of {set.FileName} in as the evaluation set '{set.Name}' ({set.Format})"));
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var report = ReportFile.At(arguments.GetValue(s_json));
        var resume = arguments.GetValue(s_resume);
        if (resume && PlanOptions.Others.FirstOrDefault(option => !IsDefault(arguments, option)) is { } refused)
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

    // A preset or a seed that was named narrows down which run is meant.
    private static Func<Run, bool> Chosen(ParseResult arguments) => run =>
        (IsDefault(arguments, PlanOptions.Preset) || run.Preset == arguments.GetValue(PlanOptions.Preset))
        && (IsDefault(arguments, PlanOptions.Seed) || run.Seed == arguments.GetValue(PlanOptions.Seed));

    private static bool IsDefault(ParseResult arguments, Option option) => arguments.GetResult(option) is not { Implicit: false };
}
