using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Training.Endpoints;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Hosting;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;

namespace SEAS.Tests.Pins;

/// <summary>A run that an earlier version stopped between two units, and that this version does to its end; and what it tells meanwhile.</summary>
public sealed class ResumedRunTests(ResumedRun resumed) : IClassFixture<ResumedRun>
{
    private static Store Store(ResumedRun run) => run.Folder.Store;

    [Fact]
    public void It_ends_with_the_units_rows_and_files_that_such_a_run_has()
    {
        var (store, run) = (Store(resumed), resumed.Run);

        Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
        new PinnedText()
            .Add("units", store.Units.Done(run).Select(key => key.ToString()).Order(StringComparer.Ordinal))
            .Add("checkpoints", store.Checkpoints.List(run).Select(row => $"{row.Role} {row.Iteration} {row.Folder} from {row.Parent}"))
            .Add("rows", Enumerable.Range(1, 2).Select(round =>
                $"{store.Attacks.Prompts(run, round).Count} prompts, {store.Attacks.Responses(run, round).Count} answers, "
                + $"{store.Attacks.Verdicts(run, round).Count} verdicts, {store.Pairs.Load(run, round, ModelRole.Target).Count} pairs of T"))
            .Add("set answers", Enumerable.Range(0, 3).Select(iteration => $"{store.SetAnswers.Rows(run, iteration, 0).Count}"))
            .Add("metrics", store.Metrics.Names(run).Order(StringComparer.Ordinal))
            .Add("versions", store.Datasets.Versions(run).Select(version => $"{version.Round} {version.Version} {version.Reason} {version.Folder}"))
            .Add("files", StorePinTests.Files(Path.Combine(resumed.Folder.Folder, "runs", run.Value)))
            .AssertIs("earlier/resumed.golden.txt");
    }

    [Fact]
    public void What_was_done_before_is_done_no_second_time()
    {
        Assert.NotEmpty(resumed.Before);
        Assert.Equal(resumed.Before, resumed.Rows(upTo: resumed.Before.Count));
    }

    [Fact]
    public void Each_kind_of_event_and_of_entry_in_the_ledger_has_the_members_that_it_had()
    {
        var (store, run) = (Store(resumed), resumed.Run);
        var told = store.Events.After(run, resumed.LastBefore).Select(happened => (happened.Kind, happened.Json)).ToList();
        new EndpointLog(use => told.Add((EventKinds.Endpoint, StoredJson.Write(use))), _ => { }).Tell(
            EndpointRole.Target, new EndpointUse("127.0.0.1:8000", "small", ["small-1"], 4, 1, 300, 120, 2, 1));
        told.Add((EventKinds.TrainingTakenUp, StoredJson.Write(new TrainingTakenUpEvent(ModelRole.Red, 1, 20))));
        told.AddRange(resumed.Failed);
        var pinned = new PinnedText();
        foreach (var kind in told.GroupBy(happened => happened.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            pinned.Add($"event {kind.Key}", JsonShape.All(kind.Select(happened => happened.Json)));
        }

        Assert.Equal(
            typeof(EventKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            told.Select(happened => happened.Kind).Distinct().Order(StringComparer.Ordinal));
        foreach (var stage in Enum.GetValues<RunStage>())
        {
            pinned.Add($"units of {stage}", JsonShape.All(
                Enumerable.Range(0, 3).SelectMany(round => store.Units.List(run, round, stage)).Select(unit => unit.ResultJson)));
        }

        pinned.AssertIs("payloads.golden.txt");
    }
}

/// <summary>The stopped run of the earlier folder, done to its end once for all tests of a class.</summary>
public sealed class ResumedRun : IDisposable
{
    public ResumedRun()
    {
        Folder.NameAnew();
        LastBefore = Folder.Store.Events.LastSequence(Run);
        Before = Rows(int.MaxValue);
        using var feed = new RunFeed(Folder.Store, TimeProvider.System);
        new RunExecutor(Folder.Store, feed, new PersonAtTheGate(Correct)).Execute(Run, CancellationToken.None);
        Failed = [.. Fails(feed), .. StopsBefore(feed)];
    }

    internal PinnedFolder Folder { get; } = new();

    internal RunId Run => Folder.Stopped;

    /// <summary>The number of the last event that the earlier version stored.</summary>
    internal long LastBefore { get; }

    /// <summary>What the earlier version had done.</summary>
    internal IReadOnlyList<string> Before { get; }

    /// <summary>What two runs told that did not come far.</summary>
    internal IReadOnlyList<(string Kind, string Json)> Failed { get; }

    /// <summary>The first prompts and answers of the run's first attack.</summary>
    internal IReadOnlyList<string> Rows(int upTo) =>
    [
        .. Folder.Store.Attacks.Prompts(Run, 1).OrderBy(row => (row.SeedIndex, row.PromptIndex)).Select(row => $"{row}")
            .Take(upTo),
    ];

    public void Dispose() => Folder.Dispose();

    private static void Correct(ReviewWaiting waiting)
    {
        waiting.Report(0);
        for (var seed = 0; seed < 4; seed++)
        {
            Labeller.This(waiting.Store, waiting.Run, waiting.Round, seed, prompt: 1, new()
            {
                Safety = SEAS.Data.Contracts.Review.SafetyLabel.Unsafe, Corrected = $"I would rather not, says number {seed}.",
            });
        }
    }

    private IEnumerable<(string Kind, string Json)> Fails(RunFeed feed)
    {
        var plan = RunPlanText.Read(Folder.Store.Runs.Get(Run).PlanJson);
        var executor = new RunExecutor(Folder.Store, feed);
        var run = executor.Create(plan with { Seed = 3 }).Id;
        File.WriteAllBytes(Path.Combine(plan.RedModel!, "model.safetensors"), [1, 2, 3]);
        Assert.ThrowsAny<Exception>(() => executor.Execute(run, CancellationToken.None));
        return Told(run);
    }

    private IEnumerable<(string Kind, string Json)> StopsBefore(RunFeed feed)
    {
        var executor = new RunExecutor(Folder.Store, feed);
        var run = executor.Create(RunPlanText.Read(Folder.Store.Runs.Get(Run).PlanJson) with { Seed = 4 }).Id;
        executor.StopIfQueued(run);
        feed.Flush();
        return Told(run);
    }

    private List<(string Kind, string Json)> Told(RunId run) =>
        [.. Folder.Store.Events.After(run, 0).Select(happened => (happened.Kind, happened.Json))];
}
