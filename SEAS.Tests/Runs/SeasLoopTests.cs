using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Runs;

public sealed class SeasLoopTests : IDisposable
{
    private readonly TinyWorld _world = new();

    [Fact]
    public void The_same_seed_gives_the_same_figures_and_another_seed_others()
    {
        var first = Undisturbed("first", 1);

        Assert.Equal(first, Undisturbed("second", 1));
        Assert.NotEqual(first, Undisturbed("third", 2).Replace("smoke-2", "smoke-1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_stopped_again_and_again_ends_like_an_undisturbed_one()
    {
        var expected = Undisturbed("undisturbed", 1);
        var stops = 0;
        var run = _world.With("stopped", (_, _, executor) => executor.Create(_world.Plan())).Id;
        for (var finished = false; !finished; stops++)
        {
            finished = _world.With("stopped", (store, _, executor) => RunUntilNextUnits(store, executor, run, units: 5));
        }

        Assert.True(stops >= 4, $"The run was stopped only {stops} times.");
        Assert.Equal(expected, _world.With("stopped", (store, _, _) => TinyWorld.Figures(store, run)));
    }

    [Fact]
    public void Every_stage_leaves_its_rows_its_units_and_its_events()
    {
        _world.With("rows", (store, _, executor) =>
        {
            var run = executor.Create(_world.Plan()).Id;
            executor.Execute(run, CancellationToken.None);

            Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
            Assert.Equal(18, store.Attacks.Prompts(run, 1).Count);
            Assert.Equal(54, store.Attacks.Verdicts(run, 2).Count);
            Assert.Equal(6, store.Checkpoints.List(run).Count);
            Assert.Equal(3, store.Evaluations.List(run).Count);
            var kinds = store.Events.After(run, 0).Select(happened => happened.Kind).ToHashSet();
            Assert.Superset(new HashSet<string>
            {
                EventKinds.RunStarted, EventKinds.StageStarted, EventKinds.StageFinished, EventKinds.Progress, EventKinds.Metrics,
                    EventKinds.Attack,
                EventKinds.Checkpoint, EventKinds.Evaluation, EventKinds.ReviewCollected, EventKinds.RunFinished,
            }, kinds);
            return true;
        });
    }

    [Fact]
    public void A_plan_that_cannot_work_leaves_nothing_in_the_store() => _world.With("invalid", (store, _, executor) =>
    {
        Assert.Throws<RunPlanException>(() => executor.Create(_world.Plan() with { Rounds = 0 }));
        Assert.Empty(store.Runs.List());
        return true;
    });

    [Fact]
    public void A_run_whose_weights_are_damaged_fails_with_the_reason() => _world.With("damaged", (store, _, executor) =>
    {
        var plan = _world.Plan();
        var run = executor.Create(plan).Id;
        File.WriteAllBytes(Path.Combine(plan.RedModel!, "model.safetensors"), [1, 2, 3]);

        Assert.ThrowsAny<Exception>(() => executor.Execute(run, CancellationToken.None));

        Assert.Equal(RunStatus.Failed, store.Runs.Get(run).Status);
        Assert.Contains("model.safetensors", store.Runs.Get(run).Error, StringComparison.Ordinal);
        return true;
    });

    public void Dispose() => _world.Dispose();

    private string Undisturbed(string name, long seed) => _world.With(name, (store, _, executor) =>
    {
        var run = executor.Create(_world.Plan(seed)).Id;
        executor.Execute(run, CancellationToken.None);
        return TinyWorld.Figures(store, run);
    });

    // Stops from outside as soon as some more units are in the ledger, wherever the loop then is.
    private static bool RunUntilNextUnits(Store store, RunExecutor executor, RunId run, int units)
    {
        using var stop = new CancellationTokenSource();
        var goal = store.Units.Done(run).Count + units;
        using var ended = new ManualResetEventSlim();
        // A thread of its own: a timer waits for the pool, which other tests may keep busy for longer than the run takes.
        var watch = new Thread(() =>
        {
            while (!ended.Wait(TimeSpan.FromMilliseconds(2)))
            {
                if (store.Units.Done(run).Count >= goal)
                {
                    stop.Cancel();
                    return;
                }
            }
        });
        watch.Start();
        try
        {
            executor.Execute(run, stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            ended.Set();
            watch.Join();   // it must not find the source, or the store, gone
        }
    }
}
