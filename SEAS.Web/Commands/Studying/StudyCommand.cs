using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Lab.ReviewStudy;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;

namespace SEAS.Web.Commands;

/// <summary><c>study review</c>: what labels are worth, with a guard made worse on purpose and the built-in truth as annotator.</summary>
internal static class StudyCommand
{
    private static readonly JsonSerializerOptions s_json = new(StoredJson.Options)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private static readonly ReviewStudySettings s_usual = new();

    private static readonly Option<string> s_preset = Options.Text("--preset", "NAME", s_usual.Preset, "embedded or smoke.");
    private static readonly Option<long[]> s_seeds = Several("--seeds", "N", s_usual.Seeds, "Seeds of the runs.");
    private static readonly Option<int[]> s_labels = Several("--labels", "N", s_usual.Labels, "Labels a round.");

    private static readonly Option<AnnotatorOrder[]> s_orders =
        Several("--orders", "ORDER", s_usual.Orders, "Which items are labelled: queue, shuffled (the queue's at random), random (any).");

    private static readonly Option<double> s_flips = Options.Number(
        "--flips", s_usual.FlipShare, 0, 1, "Share of the less certain half of the guard's verdicts that is turned round.");

    private static readonly Option<bool> s_pairs = Options.Flag("--pairs-only", "Only the first round's pairs: minutes in place of hours.");
    private static readonly Option<string[]> s_set = Several<string>("--set", "NAME=VALUE", [], "Change any number of the plan.");
    private static readonly Option<DirectoryInfo?> s_data = DataFolder.Option();
    private static readonly Option<FileInfo?> s_file = Options.File("--json", "Write the measurements to this file.");

    public static Command Create()
    {
        var review = new Command("review", "What labels are worth: wrong pairs and attack success against their number.")
        {
            s_preset, s_seeds, s_labels, s_orders, s_flips, s_pairs, s_set, s_data, s_file,
        };
        review.SetAction(RunAsync);
        return new Command("study", "Measure what a part of the loop is worth, or how fast it is.")
        {
            review, DatasetStudyCommand.Create(), TokenizerStudyCommand.Create(), DecodingStudyCommand.Create(),
            WeightsStudyCommand.Create(), RefusalStudyCommand.Create(),
        };
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var report = ReportFile.At(arguments.GetValue(s_file));
        var settings = new ReviewStudySettings
        {
            Preset = arguments.GetValue(s_preset)!,
            Seeds = arguments.GetValue(s_seeds)!,
            Labels = arguments.GetValue(s_labels)!,
            Orders = arguments.GetValue(s_orders)!,
            FlipShare = arguments.GetValue(s_flips),
            PairsOnly = arguments.GetValue(s_pairs),
            Changes = arguments.GetValue(s_set)!,
        };
        using var store = Store.Open(DataFolder.Resolve(arguments.GetValue(s_data)), TimeProvider.System);
        store.Runs.RecoverInterrupted();
        using var feed = new RunFeed(store, TimeProvider.System);
        Console.WriteLine($"{"seed",4}  {"order",-8} {"labels",6}  {"wrong pairs",13}  {"of T's",6}  {"true ASR",8}  run");
        var rows = new List<ReviewStudyRow>();
        await WorkThread.RunAsync(() => rows.AddRange(ReviewStudy.Run(store, feed, settings, Tell, cancellation)));
        var (means, savings) = (ReviewStudySummary.Means(rows), ReviewStudySummary.Savings(rows));
        Summarize(means, savings);
        report?.Write(JsonSerializer.Serialize(new { settings, rows, means, savings }, s_json));
        return ExitCodes.Success;
    }

    private static void Tell(ReviewStudyRow row) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Seed,4}  {row.Order,-8} {row.Labels,6}  {row.WrongPairs,4} of {row.Pairs,4} {100 * row.WrongShare,4:0.0}  ")
        + string.Create(CultureInfo.InvariantCulture, $"{100 * row.WrongTargetShare,6:0.0}  {100 * row.TrueAsr,8:0.0}  {row.Run}"));

    private static void Summarize(IEnumerable<ReviewStudyMean> means, IEnumerable<ReviewStudySaving> savings)
    {
        Console.WriteLine(
            "\nmeans in percent: wrong pairs, true ASR of the last target on held-out prompts and on its attacker's, harmless refused");
        foreach (var mean in means)
        {
            Console.WriteLine(
                $"      {mean.Order,-8} {mean.Labels,6}  {Percent(mean.Wrong.Rate)}"
                + $" ({Percent(mean.Wrong.Lower)} to {Percent(mean.Wrong.Upper)})"
                + $"  {Percent(mean.TrueAsr)}  {Percent(mean.TrueMatrixAsr)}  {Percent(mean.OverRefusal)}");
        }

        foreach (var saving in savings)
        {
            var needed = saving.Needed is { } number ? number.ToString("0", CultureInfo.InvariantCulture) : "more than were measured";
            Console.WriteLine($"{saving.Labels} labels in the queue's order do what {needed} do in the order '{saving.Than}'.");
        }
    }

    private static string Percent(double? share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share,5:0.0}");

    private static Option<T[]> Several<T>(string name, string valueName, IReadOnlyList<T> standard, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. standard],
    };
}
