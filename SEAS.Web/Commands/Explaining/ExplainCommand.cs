using System.CommandLine;
using SEAS.Data;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Restoring;
using SEAS.Training.Lineage;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live.Lineage;

namespace SEAS.Web.Commands;

/// <summary><c>explain</c>: where a row came from and what was made of it; with <c>--replay</c> it is made again.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> s_id = new("ID")
    {
        Description = $"The row, as the column id of every export names it: {RowId.Forms}.",
    };

    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();
    private static readonly Option<bool> s_asJson = Options.Flag("--json", "Print JSON.");
    private static readonly Option<bool> s_replay = Options.Flag(
        "--replay", "Make the rows again from seeds, weights and random streams, and say whether they are equal.");

    private static readonly Option<string[]> s_from = new("--from")
    {
        Description = "Take the rows from a zip that export wrote, or a folder of it, in place of a data folder; may be repeated.",
        HelpName = "FILE.zip",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> s_checkpoints = new("--checkpoints")
    {
        Description = "With --from and --replay: a folder to look for weights in, by their checksum, with all below it; may be repeated. "
            + "Left out: the runs of the data folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        var command = new Command("explain", "Show where a row came from and what was made of it.")
        {
            s_id, s_data, s_from, s_checkpoints, s_asJson, s_replay,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetValue(s_id)!;
        var id = RowId.TryParse(text) ?? throw new UsageException(
            $"'{text}' names no row; expected {RowId.Forms}. Ids stand in the column id of every export.");
        if (arguments.GetValue(s_from) is { Length: > 0 } paths)
        {
            using var files = RestoredRounds.Open(paths, cancellation);
            return await ExportedRow.ExplainAsync(
                files, Roots(arguments), id, rows => ShowAsync(rows, id, arguments, cancellation), arguments.GetValue(s_replay));
        }

        using var store = Store.OpenToRead(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System, "./seas explain");
        return await ShowAsync(RunRows.Open(store, id), id, arguments, cancellation);
    }

    private static string[] Roots(ParseResult arguments)
    {
        var runs = Path.Combine(DataFolder.Resolve(arguments.GetValue(s_data)), "runs");
        return arguments.GetValue(s_checkpoints) is { Length: > 0 } named ? named : Directory.Exists(runs) ? [runs] : [];
    }

    private static async Task<int> ShowAsync(RunRows rows, RowId id, ParseResult arguments, CancellationToken cancellation)
    {
        var chain = LineageReader.Of(rows, id);
        ReplayReport? replay = null;
        if (arguments.GetValue(s_replay))
        {
            await WorkThread.RunAsync(() => replay = Replay.Of(rows, chain, cancellation));
        }

        if (arguments.GetValue(s_asJson))
        {
            Console.WriteLine(LineageJson.Write(chain, replay));
        }
        else
        {
            Print(chain, replay);
        }

        return replay is null or { IsEqual: true } ? ExitCodes.Success : ExitCodes.Error;
    }

    private static void Print(LineageChain chain, ReplayReport? replay)
    {
        foreach (var line in LineageLines.Of(chain).Concat(replay is null ? [] : LineageLines.Of(replay)))
        {
            Console.WriteLine(line);
        }
    }
}
