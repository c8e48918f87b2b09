using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Verification;
using SEAS.Tests.Review;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Stages;

namespace SEAS.Tests.Runs;

/// <summary>Runs of tiny models, whose rounds are frozen as they end.</summary>
public sealed class FrozenRunTests : IDisposable
{
    private readonly TinyWorld _world = new();

    [Fact]
    public void Every_round_of_a_run_is_frozen_as_it_ends_and_two_runs_of_one_seed_have_the_same_rows()
    {
        var first = _world.With("first", (store, _, executor) => Files(store, Run(executor)));
        var second = _world.With("second", (store, _, executor) => Files(store, Run(executor)));

        Assert.Equal(2 * FrozenFiles.OfEveryRound.Count, first.Count);
        Assert.Equal(first, second);

        RunId Run(SEAS.Training.Hosting.RunExecutor executor)
        {
            var run = executor.Create(_world.Plan()).Id;
            executor.Execute(run, CancellationToken.None);
            return run;
        }
    }

    [Fact]
    public void What_a_run_froze_is_what_it_learnt_from_and_leads_back() => _world.With("rows", (store, _, executor) =>
    {
        var run = executor.Create(_world.Plan().SendsAll()).Id;
        executor.Execute(run, CancellationToken.None);
        var version = store.Datasets.Newest(run, 2)!;
        var manifest = store.Datasets.Manifest(version);

        Assert.Equal("the round ended", version.Reason);
        Assert.True(store.Units.IsDone(run, LedgerUnits.FrozenDatasets(2)));
        Assert.Contains(store.Events.After(run, 0), happened => happened.Kind == EventKinds.DatasetsFrozen);
        Assert.Equal((18, 54, 54), (manifest.Counts.Prompts, manifest.Counts.Answers, manifest.Counts.Judged));
        Assert.Equal(store.Pairs.Load(run, 2, ModelRole.Target).Select(pair => pair.Chosen),
            Lines(store, version, "target_pairs.jsonl").Select(row => row.GetProperty("chosen").GetString()!));
        Assert.Equal(["judged", "wrote the prompts", "gave the answers", "tuned on red_pairs", "tuned on target_pairs"],
            manifest.Models.Select(model => model.Use).OrderByDescending(use => use == "judged"));
        Assert.Equal(
            store.Checkpoints.Find(run, ModelRole.Target, 1)!.Sha256,
            manifest.Models.Single(model => model.Use == "gave the answers").Sha256);
        Assert.DoesNotContain(Path.GetTempPath(), manifest.Plan.GetRawText(), StringComparison.Ordinal);   // no folder of this machine
        Assert.Equal("guard", manifest.Plan.GetProperty("GuardModel").GetString());
        Assert.Empty(DatasetVerifier.Verify(store.Datasets.Folder(version), store, CancellationToken.None).Findings);
        return true;
    });

    [Fact]
    public void A_label_after_the_run_makes_new_versions_wherever_its_text_stands() => _world.With("late", (store, _, executor) =>
    {
        var run = executor.Create(_world.Plan().SendsAll()).Id;
        executor.Execute(run, CancellationToken.None);
        var labelled = Labeller.This(
            store, run, 1, seed: 0, prompt: 0, new LabelAnswers { Safety = SafetyLabel.Unsafe, Style = "role play" });

        var versions = FreezeStage.Refresh(store, run, round: null, CancellationToken.None);

        Assert.Equal((1, 2), (versions[0].Round, versions[0].Version));
        Assert.Equal("labels came since", versions[0].Reason);
        var isElsewhere = store.Attacks.Prompts(run, 2).Any(prompt => prompt.Text == labelled.PromptText);
        Assert.Equal(isElsewhere ? 2 : 1, versions[1].Version);
        var said = Lines(store, versions[0], "verdicts.jsonl")
            .Where(row => row.GetProperty("human_label").ValueKind != JsonValueKind.Null).ToList();
        Assert.NotEmpty(said);
        Assert.All(said, row => Assert.Equal(
            (labelled.PromptText, labelled.AnswerText, "unsafe"),
            (row.GetProperty("prompt").GetString(), row.GetProperty("output").GetString(), row.GetProperty("label").GetString())));
        Assert.Contains(Lines(store, versions[0], "attacks.jsonl"), row => row.GetProperty("attack_style").GetString() == "role play");
        Assert.Single(Lines(store, versions[0], "labels.jsonl"));
        Assert.Equal(versions, FreezeStage.Refresh(store, run, round: null, CancellationToken.None));
        return true;
    });

    [Fact]
    public void Rounds_of_a_run_from_before_are_frozen_on_demand() => _world.With("old", (store, _, executor) =>
    {
        var run = executor.Create(_world.Plan()).Id;
        executor.Execute(run, CancellationToken.None);
        var before = Files(store, run);
        Directory.Delete(Path.Combine(store.Folder, "runs", run.Value, "datasets"), recursive: true);
        Forget(store);

        var versions = FreezeStage.Refresh(store, run, round: null, CancellationToken.None);

        Assert.Equal([1, 2], versions.Select(version => version.Round));
        Assert.All(versions, version => Assert.Equal("somebody asked", version.Reason));
        Assert.Equal(before, Files(store, run));
        return true;
    });

    [Fact]
    public void A_round_that_has_not_ended_has_no_datasets() => _world.With("none", (store, _, executor) =>
    {
        var run = executor.Create(_world.Plan()).Id;

        var error = Assert.Throws<DatasetNotFoundException>(() => FreezeStage.Refresh(store, run, 1, CancellationToken.None));

        Assert.Contains("has not ended", error.Message, StringComparison.Ordinal);
        Assert.Empty(FreezeStage.Refresh(store, run, round: null, CancellationToken.None));
        return true;
    });

    public void Dispose() => _world.Dispose();

    private static List<(int, ManifestFile)> Files(Store store, RunId run) =>
        [.. store.Datasets.Versions(run)
            .SelectMany(version => store.Datasets.Manifest(version).Files.Select(file => (version.Round, file)))];

    private static IEnumerable<JsonElement> Lines(Store store, DatasetVersion version, string file) =>
        File.ReadLines(Path.Combine(store.Datasets.Folder(version), file)).Select(line => JsonElement.Parse(line));

    private static void Forget(Store store)
    {
        var database = Path.Combine(store.Folder, "seas.db");
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM dataset_versions;";
        command.ExecuteNonQuery();
    }
}
