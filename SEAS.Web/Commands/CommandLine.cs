using System.CommandLine;
using System.CommandLine.Help;
using SEAS.Data.Contracts;
using SEAS.Web.Commands.Doctor;

namespace SEAS.Web.Commands;

/// <summary>The verbs of the command line: reads them, runs one, turns what went wrong into a message and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Shows where an error came from. Belongs to every verb.</summary>
    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Show where an error came from.", Recursive = true };

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs the verb that the arguments name; without one, the dashboard.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Complain(parsed);
        }

        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The dashboard ends itself on Ctrl-C; a run is given time to finish and store its unit of work.
            ProcessTerminationTimeout = parsed.CommandResult.Command.Name is ServeCommand.Name or ServeModelCommand.Name or RootName
                ? null
                : s_patience,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception error)
        {
            return Failure.Report(error, verbose: parsed.GetValue(Verbose), Console.Error);
        }
    }

    /// <summary>The whole command line, for parsing and for its own tests.</summary>
    public static Command Root()
    {
        var root = new Command(RootName, "Hardens a language model against a second model that attacks it, round after round.")
        {
            new HelpOption(),
            Verbose,
            ServeCommand.Create(),
            ServeModelCommand.Create(),
            RunCommand.Create(),
            PlanCommand.Create(),
            ExportCommand.Create(),
            ExportModelCommand.Create(),
            EvalCommand.Create(),
            GenerateCommand.Create(),
            BenchCommand.Create(),
            ExplainCommand.Create(),
            ImportCommand.Create(),
            FuzzCommand.Create(),
            StudyCommand.Create(),
            WorldCommand.Create(),
            DoctorCommand.Create(),
            VerifyCommand.Create(),
            VersionCommand.Create(),
        };
        ServeCommand.MakeDefault(root);
        return root;
    }

    private const string RootName = "seas";

    private static int Complain(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        var verb = parsed.CommandResult.Command .Name == RootName ? "" : $" {parsed.CommandResult.Command.Name}";
        Console.Error.WriteLine($"Commands and options: ./seas{verb} --help");
        return ExitCodes.Usage;
    }
}
