using System.CommandLine;
using SEAS.Data;
using SEAS.Data.Lineage;
using SEAS.Training.Loop;
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

    public static Command Create()
    {
        var command = new Command("explain", "Show where a row came from and what was made of it.") { s_id, s_data, s_asJson, s_replay };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetValue(s_id)!;
        var id = RowId.TryParse(text) ?? throw new UsageException(
            $"'{text}' names no row; expected {RowId.Forms}. Ids stand in the column id of every export.");
        using var store = Store.Open(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System);
        var chain = LineageReader.Of(store, id);
        ReplayReport? replay = null;
        if (arguments.GetValue(s_replay))
        {
            await WorkThread.RunAsync(() => replay = Replay.Of(store, chain, cancellation));
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
