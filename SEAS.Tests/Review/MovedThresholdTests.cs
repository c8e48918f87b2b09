using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Runs;
using SEAS.Training.Hosting;
using SEAS.Training.Review;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Tests.Review;

/// <summary>A person moves the threshold while a run goes on.</summary>
public sealed class MovedThresholdTests : IDisposable
{
    private readonly TinyWorld _world = new();

    [Fact]
    public void A_half_judged_round_goes_on_by_its_threshold_and_the_next_is_judged_by_the_moved_one()
    {
        var (run, hash, moved) = _world.With("moved", (store, feed, _) => StopAfterRoundOne(store, feed));
        HalveTheJudging(Folder("moved"));

        _world.With("moved", (store, _, executor) =>
        {
            Assert.Equal(18, store.Attacks.Verdicts(run, 1).Count);   // of 54
            Release(store, run);
            executor.Execute(run, CancellationToken.None);

            Assert.Equal(hash, store.Runs.Get(run).ConfigHash);
            Assert.Equal([0.5, moved], store.Review.Thresholds.Rounds(run).Select(round => round.Threshold));
            Assert.Equal(54, store.Attacks.Verdicts(run, 1).Count);
            Assert.All(store.Attacks.Verdicts(run, 1), verdict => Assert.Equal(verdict.Score >= 0.5, verdict.Unsafe));
            Assert.All(store.Attacks.Verdicts(run, 2), verdict => Assert.Equal(verdict.Score >= moved, verdict.Unsafe));
            // Had either round used the other's threshold, it would have been seen:
            Assert.All(new[] { 1, 2 }, round => Assert.Contains(
                store.Attacks.Verdicts(run, round), verdict => (verdict.Score >= 0.5) != (verdict.Score >= moved)));
            Assert.All(store.Units.List(run, 1, RunStage.Judge), unit => Assert.Contains("\"threshold\":0.5", unit.ResultJson,
                StringComparison.Ordinal));
            Assert.All(store.Units.List(run, 2, RunStage.Judge), unit => Assert.Contains(StoredJson.Write(new { threshold = moved })[1..^1],
                unit.ResultJson, StringComparison.Ordinal));
            return true;
        });
    }

    [Fact]
    public void After_scores_were_calibrated_a_round_is_judged_and_asked_about_by_what_they_stand_for_and_so_is_its_branch() =>
        _world.With("calibrated", (store, feed, _) =>
    {
        var rule = new GuardRule(0.5);
        var executor = new RunExecutor(store, feed, new PersonAtTheGate(waiting =>
        {
            if (waiting.Round == 1)
            {
                // log-odds twenty times as far from those of a score in the middle, which comes to stand for one half
                var scores = store.Attacks.Verdicts(waiting.Run, 1).Select(verdict => verdict.Score).Order().ToList();
                var middle = scores[scores.Count / 2] > 0.5 ? scores[scores.Count * 3 / 4] : scores[scores.Count / 4];
                rule = new GuardRule(middle, new ScoreScale(20, -20 * Math.Log(middle / (1 - middle))));
                store.Review.Thresholds.Apply(waiting.Run, new(0.5), rule, "Ada", "labels");
            }
        }));
        var review = new ReviewPlan { BandLow = 0.45, BandHigh = 0.55, Disagreement = false, Split = false, Flipped = false,
            OverRefusal = false, AuditShare = 0, WaitForLabels = 1 };
        var run = executor.Create(_world.Plan() with { Review = review }).Id;
        executor.Execute(run, CancellationToken.None);

        double Stands(double score) => 1 / (1 + Math.Pow(score / (1 - score) / (rule.Threshold / (1 - rule.Threshold)), -20));
        var verdicts = store.Attacks.Verdicts(run, 2);
        var asked = store.Review.Items.OfRun(run, 2).Select(item => item.Score!.Value).ToHashSet();
        Assert.All(verdicts, verdict => Assert.Equal(verdict.Score >= rule.Threshold, verdict.Unsafe));
        Assert.Equal(verdicts.Select(verdict => verdict.Score).Where(score => Stands(score) is >= 0.45 and <= 0.55).ToHashSet(), asked);
        Assert.NotEqual(verdicts.Select(verdict => verdict.Score).Where(score => score is >= 0.45 and <= 0.55).ToHashSet(), asked);
        Assert.Equal([new GuardRule(0.5), rule], store.Review.Thresholds.Rounds(run).Select(round => round.Rule));
        Assert.All(store.Attacks.Verdicts(run, 1), verdict => Assert.Equal(verdict.Score >= 0.5, verdict.Unsafe));
        Assert.DoesNotContain("scale", store.Units.List(run, 1, RunStage.Judge)[0].ResultJson, StringComparison.Ordinal);

        var branch = executor.Branch(run, round: 2);
        executor.Execute(branch.Id, CancellationToken.None);

        Assert.Equal(rule, store.Review.Thresholds.Round(branch.Id, 2)!.Rule);
        return true;
    });

    public void Dispose() => _world.Dispose();

    // Nobody is at the gate any more.
    private static void Release(Store store, RunId run)
    {
        foreach (var round in new[] { 1, 2 })
        {
            ReviewStage.Release(store, run, round, labels: 0, by: "test");
        }
    }

    private string Folder(string name) => _world.With(name, (store, _, _) => store.Folder);

    // Round 1 is judged by the plan; then somebody moves the threshold past half of its scores, and the run is stopped.
    private (RunId Run, string Hash, double Moved) StopAfterRoundOne(Store store, RunFeed feed)
    {
        using var stop = new CancellationTokenSource();
        var moved = 0.0;
        var executor = new RunExecutor(store, feed, new PersonAtTheGate(waiting =>
        {
            var scores = store.Attacks.Verdicts(waiting.Run, 1).Select(verdict => verdict.Score).Order().ToList();
            moved = scores[scores.Count / 2] > 0.5 ? scores[scores.Count * 3 / 4] : scores[scores.Count / 4];
            store.Review.Thresholds.Apply(waiting.Run, new(0.5), new(moved), "Ada", "best by F1");
            stop.Cancel();
        }));
        var run = executor.Create(_world.Plan().SendsAll(waitFor: 1)).Id;
        Assert.ThrowsAny<OperationCanceledException>(() => executor.Execute(run, stop.Token));
        return (run, store.Runs.Get(run).ConfigHash, moved);
    }

    // As if the process had been killed after the first of three units.
    private static void HalveTheJudging(string folder)
    {
        File.Delete(Path.Combine(folder, "seas.db.sha256"));   // such a process leaves none
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "seas.db")};Pooling=False");
        connection.Execute("""
            DELETE FROM units WHERE round = 1 AND ((stage = 'Judge' AND idx > 0) OR stage = 'Review');
            DELETE FROM verdicts WHERE round = 1 AND seed_index >= 2;
            """);
    }
}
