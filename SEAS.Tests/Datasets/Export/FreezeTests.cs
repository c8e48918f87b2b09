using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Datasets.Export;

public sealed class FreezeTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    [Fact]
    public void A_round_is_frozen_with_every_row_and_the_manifest_says_what_they_come_to()
    {
        var version = _at.Freeze();
        var manifest = _at.Store.Datasets.Manifest(version);

        Assert.Equal(1, version.Version);
        Assert.Equal($"runs/{_at.Run}/datasets/round-1/v1", version.Folder);
        Assert.Equal(FrozenFiles.OfEveryRound, manifest.Files.Select(file => file.Name));
        Assert.Equal((6, 18, 18, 3, 3, 2), (manifest.Counts.Prompts, manifest.Counts.Answers, manifest.Counts.Judged,
            manifest.Counts.RedPairs, manifest.Counts.TargetPairs, manifest.Counts.General));
        Assert.Equal(6, manifest.Counts.GuardUnsafe);
        Assert.Equal([new TypeCount("Health_Harm", 4, 12, 4), new TypeCount("Role_Play", 2, 6, 2)], manifest.Counts.Types);
        Assert.Equal(manifest.Files.Sum(file => file.Rows), version.Rows);
        Assert.Equal(version, Assert.Single(_at.Store.Datasets.Versions(_at.Run)));
        var folder = _at.Store.Datasets.Folder(version);
        Assert.All(manifest.Files, file => Assert.Equal(file.Bytes, new FileInfo(Path.Combine(folder, file.Name)).Length));
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        using var other = new DatasetFolder();

        var (first, second) = (_at.Store.Datasets.Manifest(_at.Freeze()), other.Store.Datasets.Manifest(other.Freeze()));

        Assert.Equal(first.Files, second.Files);
        Assert.Equal(_at.Prepare(ExportFormat.All).Sha256, other.Prepare(ExportFormat.All).Sha256);
    }

    [Fact]
    public void Without_new_labels_the_newest_version_stands()
    {
        var version = _at.Freeze();

        Assert.Equal(version, _at.Freeze(reason: "somebody asked"));
        Assert.Single(_at.Store.Datasets.Versions(_at.Run));
    }

    [Fact]
    public void A_later_label_makes_the_next_version_beside_it_and_says_what_is_different()
    {
        var first = _at.Freeze();
        var before = Sums(first);
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true);

        var second = _at.Freeze(reason: "labels came since");

        Assert.Equal((2, "labels came since"), (second.Version, second.Reason));
        Assert.Equal(before, Sums(first));
        Assert.Equal(first.ManifestSha256, _at.Store.Datasets.Manifest(second).PreviousManifestSha256);
        var changes = Lines(second, "diff.jsonl");
        var verdict = changes.Single(change => change.GetProperty("file").GetString() == "verdicts.jsonl");
        Assert.Equal($"{_at.Run}/r1/s0/p1/a0/verdict", verdict.GetProperty("id").GetString());
        Assert.Equal("""["safe","unsafe"]""", verdict.GetProperty("columns").GetProperty("label").GetRawText());
        Assert.Equal("""[null,"Ada"]""", verdict.GetProperty("columns").GetProperty("annotator").GetRawText());
        Assert.False(verdict.GetProperty("columns").TryGetProperty("guard_label", out _));
        var label = changes.Single(change => change.GetProperty("file").GetString() == "labels.jsonl");
        Assert.Equal("added", label.GetProperty("change").GetString());
        Assert.Equal(["answers.jsonl", "attacks.jsonl", "labels.jsonl", "verdicts.jsonl"],
            changes.Select(change => change.GetProperty("file").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_counts_what_the_guard_says_and_what_people_say_stand_in_columns_of_their_own()
    {
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true);
        _at.Freeze();

        var row = _at.Rows(ExportFormat.JsonLines, "verdicts.jsonl")
            .Single(row => row.GetProperty("human_label").ValueKind == JsonValueKind.String);

        Assert.Equal(
            ("unsafe", "safe", "unsafe", "Ada"),
            (Text(row, "label"), Text(row, "guard_label"), Text(row, "human_label"), Text(row, "annotator")));
        Assert.Equal($"{_at.Run}/label/1", Assert.Single(row.GetProperty("label_ids").EnumerateArray()).GetString());
    }

    [Fact]
    public void A_frozen_unit_is_one_commit_with_its_version()
    {
        var unit = new UnitKey(1, RunStage.Evaluation, 10);
        _at.Freeze(unit: unit);

        Assert.True(_at.Store.Units.IsDone(_at.Run, unit));
        Assert.Throws<SEAS.Data.Contracts.UnitAlreadyDoneException>(() => _at.Freeze(unit: unit));
    }

    [Fact]
    public void What_a_process_left_that_died_while_it_froze_is_replaced()
    {
        var place = Path.Combine(_at.Store.Folder, "runs", _at.Run.Value, "datasets", "round-1");
        foreach (var left in new[] { "v1", "v1.part" })
        {
            Directory.CreateDirectory(Path.Combine(place, left));
            File.WriteAllText(Path.Combine(place, left, "attacks.jsonl"), "half a r");
        }

        var version = _at.Freeze();

        Assert.Equal(6, Lines(version, "attacks.jsonl").Count);
        Assert.False(Directory.Exists(Path.Combine(place, "v1.part")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named_and_nothing_is_recorded()
    {
        var place = Directory.CreateDirectory(Path.Combine(_at.Store.Folder, "runs", _at.Run.Value)).FullName;
        File.WriteAllText(Path.Combine(place, "datasets"), "a file where a folder should be");

        var error = Assert.Throws<DatasetException>(() => _at.Freeze());

        Assert.Contains("round 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing half-written remains", error.Message, StringComparison.Ordinal);
        Assert.Empty(_at.Store.Datasets.Versions(_at.Run));
    }

    [Fact]
    public void A_cancelled_freezing_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            _at.Store.Datasets.Freeze(_at.Run, 1, "asked", () => _at.Facts(1), null, stop.Token));

        Assert.Empty(_at.Store.Datasets.Versions(_at.Run));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_at.Store.Folder, "runs", _at.Run.Value, "datasets", "round-1")));
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("verdicts.jsonl")]
    public void Files_that_somebody_changed_are_not_exported(string file)
    {
        var version = _at.Freeze();
        var path = Path.Combine(_at.Store.Datasets.Folder(version), file);
        File.WriteAllText(path, File.ReadAllText(path).Replace("small-guard", "other-guard", StringComparison.Ordinal) + " ");

        var error = Assert.Throws<DatasetException>(() => _at.Prepare(ExportFormat.Kto));

        Assert.Contains("was changed after it was frozen", error.Message, StringComparison.Ordinal);
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_cannot_be_changed_in_the_store()
    {
        _at.Freeze();

        var error = Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _at.At.Alter("UPDATE dataset_versions SET reason = 'x';"));

        Assert.Contains("never changed", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _at.Dispose();

    private static string? Text(JsonElement row, string column) => row.GetProperty(column).GetString();

    private List<JsonElement> Lines(DatasetVersion version, string file) =>
        [.. File.ReadLines(Path.Combine(_at.Store.Datasets.Folder(version), file)).Select(line => JsonElement.Parse(line))];

    private List<string> Sums(DatasetVersion version) =>
        [.. Directory.GetFiles(_at.Store.Datasets.Folder(version)).Order(StringComparer.Ordinal)
        .Select(file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))))];
}
