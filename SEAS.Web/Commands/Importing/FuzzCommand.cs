using System.CommandLine;
using System.Globalization;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Fuzzing;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Commands;

/// <summary><c>fuzz</c>: <c>import</c> takes many damaged files in and looks whether each is refused as it should be.</summary>
internal static class FuzzCommand
{
    private static readonly Option<int> s_inputs = Options.Number("--inputs", 100_000, 1, int.MaxValue, "How many files.");
    private static readonly Option<long> s_seed = Options.Number("--seed", 1, 0, long.MaxValue, "The same seed makes the same files.");
    private static readonly Option<DirectoryInfo?> s_files = Options.Folder("--files", "Real files to damage, besides those built in.");

    public static Command Create()
    {
        var import = new Command("import", "Damage files of every format and take them in: no crash, no hang, nothing left behind.")
        {
            s_inputs, s_seed, s_files,
        };
        import.SetAction(RunAsync);
        return new Command("fuzz", "Try what readers do with damaged files.") { import, FolderFuzzCommand.Create() };
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var originals = FuzzSeeds.All.ToList();
        if (arguments.GetValue(s_files) is { } folder)
        {
            originals.AddRange(folder.EnumerateFiles("*", SearchOption.AllDirectories)
                .OrderBy(file => file.FullName, StringComparer.Ordinal)
                .Select(file => (file.Name, File.ReadAllBytes(file.FullName))));
        }

        var inputs = arguments.GetValue(s_inputs);
        var place = Directory.CreateTempSubdirectory("seas-fuzz-").FullName;
        using (var store = Store.Open(Path.Combine(place, "data"), TimeProvider.System))
        {
            var fuzz = new ImportFuzz(store, originals, arguments.GetValue(s_seed));
            FuzzResult? result = null;
            await Task.Run(() => result = fuzz.Run(inputs, place, new FuzzProgress(inputs), cancellation), cancellation);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result!.Inputs:N0} inputs from {originals.Count} files: {result.Taken:N0} taken in, {result.Refused:N0} refused, ")
                + string.Create(CultureInfo.InvariantCulture, $"the slowest in {result.Slowest.TotalMilliseconds:N0} ms"));
        }

        Directory.Delete(place, recursive: true);
        return ExitCodes.Success;
    }
}
