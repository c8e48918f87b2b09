using System.CommandLine;
using System.Globalization;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Runs.Context;
using SEAS.Training.World;

namespace SEAS.Web.Commands;

/// <summary><c>world</c>: makes the embedded world's tokenizer, base and guard anew; the shipped weights came from here.</summary>
internal static class WorldCommand
{
    private const int StepsPerLine = 50;

    private static readonly Option<DirectoryInfo> s_output = new("--output", "-o")
    {
        Description = "Where the folders base and guard are written.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly WorldTraining.Amount s_usual = new();

    private static readonly Option<int> s_base =
        Options.Number("--base-examples", s_usual.Base, 0, int.MaxValue, "Rows that the base learns from; 0 leaves it out.");

    private static readonly Option<int> s_language =
        Options.Number("--guard-language", s_usual.GuardLanguage, 64, int.MaxValue, "Rows from which the guard learns to read.");

    private static readonly Option<int> s_guard = Options.Number(
        "--guard-examples", s_usual.Guard, 0, int.MaxValue, "Conversations that the guard learns from; 0 leaves it out.");

    private static readonly Option<string> s_device = Options.Text("--device", "NAME", "auto", "auto, cpu or cuda:N.");

    public static Command Create()
    {
        var command = new Command("world", "Train the embedded world's tokenizer, base and guard.") 
        {
            s_output, s_base, s_language, s_guard, s_device,
        };
        command.SetAction((arguments, cancellation) => WorkThread.RunAsync(() => WorldTraining.Run(
            arguments.GetRequiredValue(s_output).FullName,
            new WorldTraining.Amount(arguments.GetValue(s_base), arguments.GetValue(s_language), arguments.GetValue(s_guard)),
            ComputeDevice.Choose(arguments.GetValue(s_device)!),
            Tell,
            cancellation)));
        return command;
    }

    private static void Tell(string model, StepReport report)
    {
        if (report.Step % StepsPerLine == 0 || report.Step == report.TotalSteps)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                    $"{model,-14} step {report.Step} of {report.TotalSteps}, loss {report.Metrics[MetricNames.Loss]:0.000}"));
        }
    }
}
