using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Storage;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Datasets.Import.Staging;

/// <summary>Whatever goes wrong while a file is taken in, the store stays as it was, and others go on writing.</summary>
public sealed class SetSafetyTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void An_import_that_is_cancelled_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var request = new SetRequest(Many(20_000), DatasetPurpose.Seeds);

        Assert.Throws<OperationCanceledException>(
            () => _at.Store.Sets.Import.Apply(request, new Told(_ => stop.Cancel()), stop.Token));

        AssertNothingLeft();
    }

    [Fact]
    public void A_run_goes_on_writing_while_a_file_is_taken_in()
    {
        var written = 0;
        var progress = new Told(_ =>
        {
            var writer = new Thread(() => _at.NewRun(seed: ++written));
            writer.Start();
            Assert.True(writer.Join(TimeSpan.FromSeconds(30)), "The write waits for the import.");
        });

        _at.Store.Sets.Import.Apply(new SetRequest(Many(20_000), DatasetPurpose.Seeds), progress);

        Assert.True(written >= 5, $"{written} writes were tried.");
        Assert.Equal(written, _at.Store.Runs.List().Count);
    }

    [Fact]
    public void One_bad_row_means_nothing_is_taken_unless_good_rows_are_wanted()
    {
        var path = Write("f.jsonl", "{\"prompt\": \"Paint\"}\n{\"prompt\": 5}\n{\"prompt\": \"Wash\"}\nno JSON\n");
        var request = new SetRequest(path, DatasetPurpose.Seeds) { ErrorFile = Path.Combine(_at.Folder, "errors.jsonl") };

        var refused = Assert.Throws<PromptSetException>(() => _at.Store.Sets.Import.Apply(request));
        AssertNothingLeft();
        var set = _at.Store.Sets.Import.Apply(request with { TakeGoodRows = true }).Set;

        Assert.Contains("2 with one; row 2, prompt", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, set.Rows);
        var errors = File.ReadAllLines(request.ErrorFile);
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("{\"row\":2,\"column\":\"prompt\",\"message\":\"expected a text", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_hundred_problems_are_kept_and_all_are_counted()
    {
        var path = Write("f.jsonl", string.Concat(Enumerable.Repeat("{}\n", 5000)) + "{\"prompt\": \"Paint\"}\n");

        var preview = _at.Store.Sets.Import.Preview(new SetRequest(path, DatasetPurpose.Seeds));

        Assert.Equal((100, 5000L, 1L), (preview.Problems.Count, preview.Counts.Problems, preview.Counts.Rows));
    }

    [Fact]
    public void A_format_that_cannot_give_what_is_wanted_says_what_it_can()
    {
        var path = Write("f.csv", "goal,target\nPaint,Sure\n");

        var refused = Assert.Throws<PromptSetException>(
            () => _at.Store.Sets.Import.Preview(new SetRequest(path, DatasetPurpose.Preferences)));

        Assert.Contains("AdvBench CSV, which gives seeds, evaluation", refused.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void A_file_that_changed_since_it_was_shown_is_refused()
    {
        var path = Write("f.txt", "Paint\n");
        var shown = _at.Store.Sets.Import.Preview(new SetRequest(path, DatasetPurpose.Seeds));
        Write("f.txt", "Wash\n");

        var refused = Assert.Throws<PromptSetException>(() => _at.Store.Sets.Import.Apply(
            new SetRequest(path, DatasetPurpose.Seeds) { ExpectedSha256 = shown.Sha256 }));

        Assert.Contains("changed since", refused.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void What_a_killed_import_left_is_swept_away_and_what_is_stored_stays()
    {
        _at.Store.Sets.Import.Apply(new SetRequest(Write("kept.txt", "Paint\n"), DatasetPurpose.Seeds));
        File.WriteAllText(Path.Combine(_at.Folder, "sets", "0.db.part"), "half");
        File.WriteAllText(Path.Combine(_at.Folder, "sets", "1.db"), "whole, but in no row");

        _at.Reopen();

        Assert.Single(Directory.GetFiles(Path.Combine(_at.Folder, "sets")));
        Assert.Equal("Paint", Assert.Single(_at.Store.Sets.Rows("kept")).Row.Prompt);
    }

    [Fact]
    public void A_column_of_a_million_types_is_no_column_of_types()
    {
        var rows = Enumerable.Range(0, 10_050).Select(at => $"{{\"prompt\": \"Paint {at}\", \"category\": \"type {at}\"}}");

        var counts = _at.Store.Sets.Import.Preview(
            new SetRequest(Write("f.jsonl", string.Join('\n', rows)), DatasetPurpose.Seeds)).Counts;

        Assert.Equal((10_000L, 50L), (counts.Rows, counts.Problems));
    }

    [SkippableFact]
    public void A_disk_that_fills_leaves_nothing()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full, a disk that is always full");
        var path = Write("f.jsonl", string.Concat(Enumerable.Repeat("{}\n", 5000)));

        Assert.Throws<IOException>(() => _at.Store.Sets.Import.Apply(
            new SetRequest(path, DatasetPurpose.Seeds) { TakeGoodRows = true, ErrorFile = "/dev/full" }));

        AssertNothingLeft();
    }

    private void AssertNothingLeft()
    {
        Assert.Empty(_at.Store.Sets.List());
        var folder = Path.Combine(_at.Folder, "sets");
        Assert.Empty(Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : []);
    }

    private string Many(int rows) =>
        Write("many.jsonl", string.Concat(Enumerable.Range(0, rows).Select(at => $"{{\"prompt\": \"Paint door {at}\"}}\n")));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_at.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}
