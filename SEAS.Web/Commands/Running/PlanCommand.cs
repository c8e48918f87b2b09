using System.CommandLine;
using SEAS.Data;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Commands;

/// <summary><c>plan</c>: prints the plan that the arguments describe, every setting with its value.</summary>
internal static class PlanCommand
{
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();

    public static Command Create()
    {
        var command = new Command("plan", "Print the plan of a run as YAML, which 'run --config' takes back; starts nothing.");
        foreach (var option in (Option[])[PlanOptions.Preset, PlanOptions.Seed, s_data, .. PlanOptions.Others])
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var plan = PlanOptions.Plan(arguments);
        var problems = RunPlanValidation.Problems(plan).ToList();
        if (PlanOptions.NamesSets(arguments))
        {
            using var store = Store.Open(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System, "./seas plan");
            (plan, problems) = PlanOptions.Found(plan, store, arguments);
            if (problems.Count == 0)
            {
                plan = PlanSets.Measured(plan, store, PlanOptions.Evaluation(arguments));
            }
        }

        Console.Write(PlanFile.Write(plan));
        if (problems.Count > 0)
        {
            Console.Error.WriteLine("Before this plan can run:");
            problems.ForEach(problem => Console.Error.WriteLine($"  • {problem}"));
        }

        return ExitCodes.Success;
    }
}
