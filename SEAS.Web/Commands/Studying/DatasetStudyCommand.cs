using System.CommandLine;
using System.Globalization;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Lab.DatasetStudy;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Commands;

/// <summary><c>study datasets</c>: how fast a round of any size is frozen and exported, and in how much memory.</summary>
internal static class DatasetStudyCommand
{
    private static readonly Option<int> s_rows = Options.Number("--rows", 1_000_000, 20, 100_000_000, "Answers of the synthetic round.");
    private static readonly Option<string?> s_run = new("--run") { Description = "A synthetic run that is there.", HelpName = "RUN" };
    private static readonly Option<bool> s_make = Options.Flag("--only-make", "Only put the synthetic run into the store.");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();

    public static Command Create()
    {
        var command = new Command("datasets", "How fast a synthetic round is frozen and exported, and in how much memory.")
        {
            s_rows, s_run, s_make, s_data,
        };
        command.SetAction((arguments, cancellation) => Task.Run(() => Run(arguments, cancellation), cancellation));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellation)
    {
        using var store = Store.Open(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System);
        var run = arguments.GetValue(s_run) is { } named
            ? store.Runs.Get(new RunId(named)).Id
            : SyntheticRound.Make(store, arguments.GetValue(s_rows), cancellation);
        Console.WriteLine($"run {run}");
        if (!arguments.GetValue(s_make))
        {
            Console.WriteLine($"{"",-22} {"rows",11} {"MiB",8} {"seconds",8} {"rows/s",11} {"MiB now",8} {"MiB most",8}");
            DatasetStudy.Run(store, run, Tell, cancellation);
        }

        return ExitCodes.Success;
    }

    private static void Tell(DatasetStudyRow row) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Work,-22} {row.Rows,11:N0} {row.Bytes / 1048576.0,8:0.0} {row.Seconds,8:0.00} ")
        + string.Create(
            CultureInfo.InvariantCulture, $"{row.Rows / Math.Max(row.Seconds, 0.01),11:N0} {row.RssMib,8:0} {row.PeakRssMib,8:0}"));
}
