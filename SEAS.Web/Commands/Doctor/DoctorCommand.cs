using System.CommandLine;
using SEAS.Data.Contracts;
using SEAS.Training.Memory;

namespace SEAS.Web.Commands.Doctor;

/// <summary><c>doctor</c>: what is here, how fast it is, what is wrong and how to mend it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();

    private static readonly Option<DirectoryInfo?> s_model = new("--model")
    {
        Description = "Look at this model folder instead: what it is, what it needs in memory, whether it fits here.",
        HelpName = "DIR",
    };

    private static readonly Option<DirectoryInfo?> s_base = Options.Base();

    private static readonly Option<string?> s_gpu = new("--gpu-plan")
    {
        Description = "Say what a run with three models of this size takes of a GPU, for cards of 24, 48, 80 and 141 GB: a model folder, or "
            + $"{KnownSizes.Names}. No GPU is needed to ask.",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("doctor", "What is installed, which torch, how fast, what is wrong and how to mend it.")
        {
            s_data, s_model, s_base, s_gpu,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        // Torch last: its threads would count as load.
        var findings = (arguments.GetValue(s_gpu) is { } sizes ? GpuPlanExam.Look(sizes)
            : arguments.GetValue(s_model) is { } model ? ModelExam.Look(model.FullName, arguments.GetValue(s_base)?.FullName)
            : MachineExam.Look(arguments.GetValue(s_data)).Concat(TorchExam.Look())).Select(Print).ToList();
        var problems = findings.Count(finding => finding.State == FindingState.Problem);
        var notes = findings.Count(finding => finding.State == FindingState.Note);
        Console.WriteLine();
        Console.WriteLine(problems > 0
            ? $"{problems} to mend before a run can work."
            : notes > 0 ? $"It works; {notes} could be better." : "All is well.");
        return problems > 0 ? ExitCodes.Error : ExitCodes.Success;
    }

    private static Finding Print(Finding finding)
    {
        var mark = finding.State switch { FindingState.Good => "ok  ", FindingState.Note => "note", _ => "BAD " };
        Console.WriteLine($"{mark}  {finding.Topic,-10} {finding.Found}");
        if (finding.Remedy is not null)
        {
            Console.WriteLine($"      {"",-10} → {finding.Remedy}");
        }

        return finding;
    }
}
