using System.Security.Cryptography;
using SEAS.Tests.Review;
using SEAS.Tests.Support;

namespace SEAS.Tests.Datasets.Import.Hostile;

/// <summary>Files taken in by the whole program while the disk fills: a clear error, and the store as it was.</summary>
public sealed class FullDiskImportTests : IDisposable
{
    private const int Rows = 3000;

    private readonly ReviewFolder _review = new();
    private readonly TemporaryFolder _files = new();

    public static TheoryData<string> Sets => [.. ImportUse.Names.Where(name => name != ImportUse.Review)];

    [SkippableTheory]
    [MemberData(nameof(Sets))]
    public async Task A_set_that_does_not_fit_is_not_there(string use)
    {
        var sets = Directory.CreateDirectory(Path.Combine(_review.At.Folder, "sets")).FullName;
        var file = _files.Write("rows.jsonl", string.Concat(Enumerable.Range(0, Rows).Select(at => ImportUse.Of(use).Line($"Row {at}"))));
        _review.Add(1);
        _review.At.Close();
        var before = Checksum();

        var (code, output, errors) = await SmallDisk.RunAsync(
            $"{SmallDisk.Mount(sets, "64k")} && {SmallDisk.Program} import '{file}' --as {use} --data '{_review.At.Folder}'; "
            + $"code=$?; echo left: $(ls -A '{sets}' | wc -l); exit $code");

        Assert.Equal(1, code);
        Assert.Contains("cannot grow: the disk or its quota is full. Nothing was half-written. Make room and try again.", errors,
            StringComparison.Ordinal);
        Assert.EndsWith("left: 0", output.Trim(), StringComparison.Ordinal);
        Assert.Equal(before, Checksum());
        Assert.Empty(_review.At.Store.Sets.List());
    }

    [SkippableFact]
    public async Task Labels_of_a_run_that_do_not_fit_are_all_left_out()
    {
        _review.Add(Rows);
        var file = _files.Write("labels.jsonl", string.Concat(Enumerable.Range(0, Rows).Select(at =>
            $"{{\"round\": 1, \"seed_index\": {at}, \"prompt_index\": 0, \"answer_index\": 0, \"safety\": \"safe\", "
            + "\"annotator\": \"Ann\"}\n")));
        _review.At.Close();
        var small = Path.Combine(_files.Path, "small");
        Directory.CreateDirectory(small);
        var room = (new FileInfo(_review.At.Database).Length >> 10) + 400;

        // The disk is gone with the shell, so what is left on it is copied over the store itself.
        var (code, output, errors) = await SmallDisk.RunAsync(
            $"{SmallDisk.Mount(small, $"{room}k")} && cp '{_review.At.Database}' '{small}/' && {SmallDisk.Program} import '{file}' "
            + $"--as labels --run {_review.Run} --data '{small}'; code=$?; cp '{small}'/seas.db* '{_review.At.Folder}/'; exit $code");

        Assert.True(code == 1, output + errors);
        Assert.Contains("is full", errors, StringComparison.Ordinal);
        Assert.Empty(_review.Review.Decisions.Current(_review.Run));
        Assert.Equal(Rows, _review.Review.Items.OfRun(_review.Run).Count);
        var labels = _review.At.Store.Labels.Import;
        Assert.Equal(Rows, labels.Apply(labels.Preview(_review.Run, file)));   // with room they fit
    }

    public void Dispose()
    {
        _review.Dispose();
        _files.Dispose();
    }

    private string Checksum() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_review.At.Database)));
}
