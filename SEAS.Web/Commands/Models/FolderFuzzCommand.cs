using System.CommandLine;
using System.Globalization;
using SEAS.Data.Contracts;

namespace SEAS.Web.Commands;

/// <summary><c>fuzz folder</c>: damages model folders and opens them.</summary>
internal static class FolderFuzzCommand
{
    private static readonly Option<int> s_inputs = Options.Number("--inputs", 10_000, 1, int.MaxValue, "How many folders.");
    private static readonly Option<long> s_seed = Options.Number("--seed", 1, 0, long.MaxValue, "The same seed makes the same folders.");

    public static Command Create()
    {
        var command = new Command("folder", "Damage model folders and open them: no crash, no hang, no memory without end.")
        {
            s_inputs, s_seed,
        };
        command.SetAction((arguments, cancellation) => WorkThread.RunAsync(() => Run(arguments, cancellation)));
        return command;
    }

    private static void Run(ParseResult arguments, CancellationToken cancellation)
    {
        var inputs = arguments.GetValue(s_inputs);
        var place = Directory.CreateTempSubdirectory("seas-fuzz-").FullName;
        var originals = Path.Combine(place, "originals");
        SoundFolders.Make(originals);
        var result = new FolderFuzz(originals, Path.Combine(place, "input"), arguments.GetValue(s_seed))
            .Run(inputs, new FuzzProgress(inputs), cancellation);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Inputs:N0} folders: {result.Taken:N0} read, {result.Refused:N0} refused, the slowest in ")
            + string.Create(CultureInfo.InvariantCulture, $"{result.Slowest.TotalMilliseconds:N0} ms"));
        Directory.Delete(place, recursive: true);
    }
}
