using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Runs;
using SEAS.Training.Hosting;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Tests.Review;

public sealed class ReviewedRunTests : IDisposable
{
    private static readonly LabelAnswers s_better = new() { Safety = SafetyLabel.Unsafe, Corrected = "I would rather not say." };
    private static readonly LabelAnswers s_safe = new() { Safety = SafetyLabel.Safe };

    private readonly TinyWorld _world = new();

    [Fact]
    public void A_round_that_waits_chooses_its_pairs_by_the_labels_it_waited_for() => _world.With("waits", (store, feed, _) =>
    {
        var run = Execute(store, feed, _world.Plan().SendsAll(waitFor: 1), Label(s_better));

        for (var round = 1; round <= 2; round++)
        {
            var pair = store.Pairs.Load(run, round, ModelRole.Target).Single(pair => pair.Chosen == s_better.Corrected);
            var effects = LabelEffects.Of(store, run, round);
            Assert.True(effects.IsFrozen);
            Assert.Contains(effects.Changes, change => change.With == pair && change.Items.Count == 1);
            Assert.Contains(effects.Holds, hold => hold.Pair == pair);
            Assert.Equal(round, effects.Labels.Count);
            Assert.All(store.Attacks.Verdicts(run, round), verdict => Assert.Equal(verdict.Score >= 0.5, verdict.Unsafe));
        }

        return true;
    });

    [Fact]
    public void Effects_are_those_of_the_labels_that_were_there_when_the_round_chose() => _world.With("frozen", (store, feed, _) =>
    {
        var run = Execute(store, feed, _world.Plan().SendsAll(waitFor: 1) with { Rounds = 1 }, Label(s_better));
        var then = LabelEffects.Of(store, run, 1);

        Labeller.Next(store, run, s_safe with { Invalid = true });

        Assert.Equal(then.With.Target, LabelEffects.Of(store, run, 1).With.Target);
        Assert.Single(LabelEffects.Of(store, run, 1).Labels);
        Assert.Equal(2, EffectiveLabelIndex.Now(store, run, 1).All.Count);
        return true;
    });

    [Fact]
    public void A_label_that_comes_too_late_for_its_round_enters_the_next() => _world.With("late", (store, feed, _) =>
    {
        var run = Execute(store, feed, _world.Plan().SendsAll(waitFor: 1), waiting =>
        {
            if (waiting.Round == 2)
            {
                Labeller.This(store, waiting.Run, round: 1, seed: 3, prompt: 1, s_better);
            }
        });

        Assert.DoesNotContain(store.Pairs.Load(run, 1, ModelRole.Target), pair => pair.Chosen == s_better.Corrected);
        var late = store.Pairs.Load(run, 2, ModelRole.Target).Single(pair => pair.Chosen == s_better.Corrected);
        Assert.StartsWith("1.3.1.", late.Source, StringComparison.Ordinal);
        var change = LabelEffects.Of(store, run, 2).Changes.Single(change => change.With == late);
        Assert.Equal((PairChangeKind.Added, 1), (change.Kind, change.Items.Count));
        return true;
    });

    [Fact]
    public void Without_labels_a_run_that_sends_everything_to_review_ends_like_one_that_sends_nothing()
    {
        string Figures(string name, RunPlan plan) => _world.With(name, (store, feed, _) =>
        {
            var run = Execute(store, feed, plan, _ => { });
            Assert.Equal(name == "all", store.Review.Items.OfRun(run, 1).Count > 0);
            Assert.All(Enumerable.Range(1, 2), round => Assert.DoesNotContain(
                "labels", store.Units.Find(run, LedgerUnits.Pairs(round))!.ResultJson, StringComparison.Ordinal));
            return string.Join('\n', TinyWorld.Figures(store, run).Split('\n')
                .Where(line => !line.Contains("config_hash", StringComparison.Ordinal)));
        });

        var nothing = new ReviewPlan { BandLow = 0, BandHigh = 0, Disagreement = false, Split = false, Flipped = false, OverRefusal = false,
            AuditShare = 0 };
        Assert.Equal(Figures("none", _world.Plan() with { Review = nothing }), Figures("all", _world.Plan().SendsAll()));
    }

    [Fact]
    public void A_branch_does_a_round_again_without_labels_from_the_same_weights_and_attacks() =>
        _world.With("branch", (store, feed, executor) =>
    {
        var parent = Execute(store, feed, _world.Plan().SendsAll(waitFor: 1), Label(s_better));

        var branch = executor.Branch(parent, round: 2);
        executor.Execute(branch.Id, CancellationToken.None);

        Assert.Equal("smoke", branch.Preset);
        Assert.Equal(store.Attacks.Responses(parent, 2), store.Attacks.Responses(branch.Id, 2));
        Assert.Equal(LabelEffects.Of(store, parent, 2).Without.Target, store.Pairs.Load(branch.Id, 2, ModelRole.Target));
        Assert.Equal(store.Pairs.Load(parent, 1, ModelRole.Target), store.Pairs.Load(branch.Id, 1, ModelRole.Target));
        Assert.Empty(store.Review.Items.OfRun(branch.Id));
        Assert.Equal(
            store.Evaluations.List(parent).Where(row => row.Iteration < 2).Select(row => row.Json),
            store.Evaluations.List(branch.Id).Where(row => row.Iteration < 2).Select(row => row.Json));
        Assert.Equal([0, 1, 2], store.Evaluations.List(branch.Id).Select(row => row.Iteration));
        Assert.True(Directory.Exists(Path.Combine(store.Folder, "runs", branch.Id.Value, "checkpoints", "target-2")));
        Assert.False(Directory.Exists(Path.Combine(store.Folder, "runs", branch.Id.Value, "checkpoints", "target-1")));
        return true;
    });

    [Fact]
    public void A_branch_of_a_round_that_was_not_reached_is_refused() => _world.With("no-branch", (_, _, executor) =>
    {
        var run = executor.Create(_world.Plan()).Id;

        Assert.Contains("round 1", Assert.Throws<RunPlanException>(() => executor.Branch(run, 1)).Message, StringComparison.Ordinal);
        return true;
    });

    public void Dispose() => _world.Dispose();

    private static Action<ReviewWaiting> Label(LabelAnswers answers) => waiting => Labeller.Next(waiting.Store, waiting.Run, answers);

    private static RunId Execute(Store store, RunFeed feed, RunPlan plan, Action<ReviewWaiting> label)
    {
        var executor = new RunExecutor(store, feed, new PersonAtTheGate(label));
        var run = executor.Create(plan).Id;
        executor.Execute(run, CancellationToken.None);
        return run;
    }
}
