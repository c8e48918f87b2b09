using SEAS.Data.Datasets.Frozen;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Lineage;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Lineage;

/// <summary>A run of which only its exports and its weights are left: the database is gone.</summary>
public sealed class RestoredRunTests(ExportedRun exported) : IClassFixture<ExportedRun>
{
    public static TheoryData<string> Places => [.. ExportedRun.Named];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_chain_from_files_alone_is_the_one_that_the_store_gave(string place)
    {
        using var files = exported.Open(exported.Whole);
        var chain = LineageReader.Of(exported.Rows(files), exported.Id(place));

        Assert.Equal(exported.Chains[place], ExportedRun.Text(chain));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void What_is_made_again_from_files_and_weights_alone_is_equal(string place)
    {
        using var files = exported.Open(exported.Whole);
        var rows = exported.Rows(files);
        var replay = Replay.Of(rows, LineageReader.Of(rows, exported.Id(place)), CancellationToken.None);

        Assert.True(replay.IsEqual, string.Join('\n', replay.Findings.Where(finding => !finding.IsEqual)));
        Assert.NotEmpty(replay.Findings);
    }

    [Fact]
    public void A_folder_of_files_and_two_exports_of_a_round_each_do_as_well()
    {
        using var files = exported.Open(exported.Round(2), exported.Round(1));
        var rows = exported.Rows(files);
        var id = exported.Id("r2/target/1");

        Assert.Equal([1, 2], files.Rounds.Select(round => round.Round));
        Assert.True(Replay.Of(rows, LineageReader.Of(rows, id), CancellationToken.None).IsEqual);
    }

    [Fact]
    public void Weights_that_lie_nowhere_are_named_with_their_checksum()
    {
        using var files = exported.Open(exported.Whole);
        using var empty = new TemporaryFolder();
        var rows = RunRows.Open(files.Store, exported.Id("r1/s3"), new FileParts(files, new WeightsSearch([empty.Path])));
        var chain = LineageReader.Of(rows, exported.Id("r1/s3"));

        var error = Assert.Throws<CheckpointException>(() => Replay.Of(rows, chain, CancellationToken.None));

        Assert.Contains($"{exported.Run}/red-0", error.Message, StringComparison.Ordinal);
        var weights = files.Rounds[0].Models.Single(model => model.Use == "wrote the prompts");
        Assert.Contains(weights.Sha256, error.Message, StringComparison.Ordinal);
        Assert.Contains("--checkpoints", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_that_rest_on_labels_of_a_round_that_is_not_there_are_not_chosen_wrongly()
    {
        using var files = exported.Open(exported.Round(2));
        var rows = exported.Rows(files);
        var chain = LineageReader.Of(rows, exported.Id("r2/target/1"));

        var error = Assert.Throws<DatasetException>(() => Replay.Of(rows, chain, CancellationToken.None));

        Assert.Contains("needs the rows of round 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_somebody_changed_lead_nowhere()
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(exported.Folder(1)))
        {
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }

        var answers = Path.Combine(copy.Path, "answers.jsonl");
        File.WriteAllText(answers, File.ReadAllText(answers).Replace("\"stopped\":false", "\"stopped\":true", StringComparison.Ordinal));

        var error = Assert.Throws<DatasetException>(() => exported.Open(copy.Path));

        Assert.Contains("answers.jsonl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_for_a_trainer_says_which_format_leads_back()
    {
        var error = Assert.Throws<DatasetException>(() => exported.Open(exported.Trl));

        Assert.Contains("--format jsonl", error.Message, StringComparison.Ordinal);
    }
}
