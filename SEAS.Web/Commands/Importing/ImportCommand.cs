using System.CommandLine;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Measures.Grouping;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Commands;

/// <summary><c>import</c>: takes a file of prompts, instructions, preferences, tests or labels into the store.</summary>
internal static class ImportCommand
{
    private static readonly Argument<FileInfo> s_file = new("file")
    {
        Description = "The file; packed (gzip, zstd, zip of one) or not. "
            + "Or Parquet: a file, a folder of one split, or a pattern such as 'data/train-*.parquet'.",
    };

    private static readonly Option<DatasetPurpose> s_as = new("--as")
    {
        Description = "What its rows are for: seeds, instructions, preferences, evaluation or labels.",
        HelpName = "USE",
        Required = true,
    };

    private static readonly Option<string?> s_name = Named("--name", "NAME", "What to call the set. Default: the file's name.");
    private static readonly Option<string[]> s_map = Pairs("--map", "COLUMN=FIELD", "Which column is which field: "
        + $"{string.Join(", ", RowFields.All)}. May be repeated.");
    private static readonly Option<string[]> s_type = Pairs(
        "--type", "THEIRS=OURS", "Which of its types is which of ours. May be repeated.");
    private static readonly Option<string?> s_types = Named("--types", "PROFILE", "A saved mapping of types.");
    private static readonly Option<string?> s_saveTypes = Named("--save-types", "PROFILE", "Save the mapping of types under this name.");
    private static readonly Option<string?> s_licence = Named("--licence", "TEXT", "What the set may be used for.");
    private static readonly Option<string?> s_source = Named("--source", "TEXT", "Where it comes from.");
    private static readonly Option<string> s_split =
        Options.Text("--split", "A/B/C", "100/0/0", "Shares to learn from, to choose by, and to be looked at in the end.");
    private static readonly Option<bool> s_good = Options.Flag("--good-rows", "Take the good rows where others have problems.");
    private static readonly Option<bool> s_new = Options.Flag("--only-new", "Leave out rows that are there already.");
    private static readonly Option<double?> s_threshold = new("--threshold")
    {
        Description = "A garak report: from which score on an answer is unsafe, from 0 to 1. Left out: as the report says.",
        HelpName = "X",
    };

    private static readonly Option<bool> s_near = Options.Flag(
        "--near-duplicates", "Look for near-duplicates among more than 200,000 rows too, up to a million: up to a minute or two.");
    private static readonly Option<bool> s_dry = Options.Flag("--dry-run", "Only say what would be taken in.");
    private static readonly Option<FileInfo?> s_errors = Options.File(
        "--errors", "Write all problems to this file, one JSON object a line.");
    private static readonly Option<bool> s_json = Options.Flag("--json", "Print one line of JSON.");
    private static readonly Option<string?> s_run = Named("--run", "ID", "labels: put them into the review of this run.");
    private static readonly Option<string?> s_who = Named("--who", "NAME", "labels of a run: whose they are, where the file does not say.");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();

    public static Command Create()
    {
        var command = new Command("import", "Take a file of prompts, answers, pairs or labels into the store.")
        {
            s_file, s_as, s_name, s_map, s_type, s_types, s_saveTypes, s_licence, s_source, s_split, s_good, s_new, s_near,
            s_threshold, s_dry, s_errors, s_json, s_run, s_who, s_data,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var request = Request(arguments);
        using var store = Store.Open(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System, "./seas import");
        if (arguments.GetValue(s_run) is { } run)
        {
            return ImportedLabels.Take(
                store, new RunId(run), request, arguments.GetValue(s_who), arguments.GetValue(s_dry), arguments.GetValue(s_json));
        }

        var output = new ImportOutput(arguments.GetValue(s_json));
        if (arguments.GetValue(s_dry))
        {
            SetPreview? preview = null;
            await Task.Run(() => preview = store.Sets.Import.Preview(request, output, cancellation), cancellation);
            output.Show(preview!, null);
            return preview!.IsSound || request.TakeGoodRows ? ExitCodes.Success : ExitCodes.Error;
        }

        SetOutcome? outcome = null;
        await Task.Run(() => outcome = store.Sets.Import.Apply(request, output, cancellation), cancellation);
        if (arguments.GetValue(s_saveTypes) is { } profile)
        {
            store.Sets.Types.Save(
                profile,
                outcome!.Preview.Types.Where(type => type.Found.Length > 0)
                    .ToDictionary(type => type.Found, type => type.Type, StringComparer.Ordinal));
        }

        output.Show(outcome!.Preview, outcome.Set);
        return ExitCodes.Success;
    }

    private static SetRequest Request(ParseResult arguments) => new(
        Path.TrimEndingDirectorySeparator(arguments.GetRequiredValue(s_file).FullName), arguments.GetValue(s_as))
    {
        Name = arguments.GetValue(s_name),
        Columns = Distinct(
            Read(arguments.GetValue(s_map)!, "--map").Select(pair => (Key: Field(pair.Right), Value: pair.Left)), "--map", "field"),
        Types = Distinct(Read(arguments.GetValue(s_type)!, "--type").Select(pair => (Key: pair.Left, Value: pair.Right)), "--type", "type"),
        TypeProfile = arguments.GetValue(s_types),
        Threshold = arguments.GetValue(s_threshold) is not { } threshold ? null : threshold is >= 0 and <= 1 ? threshold
            : throw new UsageException($"--threshold is {threshold}, expected a number from 0 to 1."),
        Licence = arguments.GetValue(s_licence) ?? "",
        Source = arguments.GetValue(s_source),
        Split = Shares(arguments.GetValue(s_split)!),
        TakeGoodRows = arguments.GetValue(s_good),
        OnlyNew = arguments.GetValue(s_new),
        ErrorFile = arguments.GetValue(s_errors)?.FullName,
        Group = NearDuplicates.Of,
        GroupStreamed = SketchedDuplicates.Of,
        GroupLarge = arguments.GetValue(s_near),
    };

    private static IEnumerable<(string Left, string Right)> Read(string[] pairs, string option) => pairs.Select(pair =>
        pair.LastIndexOf('=') is var at and > 0 && at < pair.Length - 1
            ? (pair[..at], pair[(at + 1)..])
            : throw new UsageException($"{option} '{pair}' is not of the form LEFT=RIGHT."));

    private static Dictionary<string, string> Distinct(IEnumerable<(string Key, string Value)> pairs, string option, string what)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            if (!found.TryAdd(key, value))
            {
                throw new UsageException($"{option} names the {what} '{key}' twice: '{found[key]}' and '{value}'. Name it once.");
            }
        }

        return found;
    }

    private static string Field(string name) => RowFields.All.Contains(name, StringComparer.Ordinal)
        ? name
        : throw new UsageException($"--map names the field '{name}', which is none. Fields: {string.Join(", ", RowFields.All)}.");

    private static SplitShares Shares(string text)
    {
        var parts = text.Split('/')
            .Select(part => int.TryParse(part, out var share) && share is >= 0 and <= 1_000_000 ? share : -1).ToList();
        return parts is [var train, var validation, var test] && !parts.Contains(-1) && parts.Sum() > 0
            ? new SplitShares(train, validation, test)
            : throw new UsageException($"--split is '{text}', expected three shares such as 80/10/10.");
    }

    private static Option<string?> Named(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName };

    private static Option<string[]> Pairs(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName, DefaultValueFactory = _ => [] };
}
