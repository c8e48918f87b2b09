using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Runs;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Tests.Review;

public sealed class WaitingRunTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly TinyWorld _world = new();

    [Fact]
    public async Task A_waiting_round_goes_on_with_the_last_label_it_wants_and_the_next_one_by_word()
    {
        using var store = _world.Open("waits");
        using var feed = new RunFeed(store, TimeProvider.System);
        var executor = new RunExecutor(store, feed);
        var run = executor.Create(_world.Plan().SendsAll(waitFor: 3)).Id;
        var work = ThreadOf(() => executor.Execute(run, CancellationToken.None));

        await ToldAsync(feed, run, EventKinds.ReviewWaiting, """{"round":1,"labels":0,"wanted":3""");
        for (var label = 0; label < 3; label++)
        {
            Assert.False(store.Units.IsDone(run, LedgerUnits.Pairs(1)));
            Labeller.Next(store, run, new LabelAnswers { Safety = SafetyLabel.Safe });
        }

        await ToldAsync(feed, run, EventKinds.ReviewReleased, """{"round":1,"labels":3""");
        await ToldAsync(feed, run, EventKinds.ReviewWaiting, """{"round":2,"labels":0,"wanted":3""");
        Assert.True(executor.GoOn(run, "Ada"));
        await work.WaitAsync(s_patience);

        Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
        Assert.False(executor.GoOn(run, "Ada"));
        Assert.Contains("Ada", store.Units.Find(run, new UnitKey(2, RunStage.Review, 1))!.ResultJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_stopped_while_it_waits_waits_again_unless_somebody_said_go_on()
    {
        using var store = _world.Open("stopped");
        using var feed = new RunFeed(store, TimeProvider.System);
        var executor = new RunExecutor(store, feed);
        var run = executor.Create(_world.Plan().SendsAll(waitFor: 3) with { Rounds = 1 }).Id;
        for (var time = 0; time < 2; time++)
        {
            using var stop = new CancellationTokenSource();
            var seen = store.Events.LastSequence(run);
            var work = ThreadOf(() => executor.Execute(run, stop.Token));
            await ToldAsync(feed, run, EventKinds.ReviewWaiting, "\"labels\":0", seen);
            await stop.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => work.WaitAsync(s_patience));
            Assert.Equal(RunStatus.Stopped, store.Runs.Get(run).Status);
        }

        Assert.True(executor.GoOn(run, "Ada"));
        await ThreadOf(() => executor.Execute(run, CancellationToken.None)).WaitAsync(s_patience);
        Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
    }

    [Fact]
    public void Waiting_is_not_counted_as_work() => _world.With("watch", (store, feed, _) =>
    {
        var waited = TimeSpan.FromSeconds(2);
        var executor = new RunExecutor(store, feed, new PersonAtTheGate(_ => new ManualResetEventSlim().Wait(waited)));
        var run = executor.Create(_world.Plan().SendsAll(waitFor: 1) with { Rounds = 1 }).Id;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        executor.Execute(run, CancellationToken.None);

        Assert.InRange(watch.Elapsed.TotalSeconds - store.Runs.Get(run).ActiveSeconds, 1.9, double.MaxValue);
        return true;
    });

    public void Dispose() => _world.Dispose();

    private static async Task ToldAsync(RunFeed feed, RunId run, string kind, string beginning, long after = 0)
    {
        using var patience = new CancellationTokenSource(s_patience);
        await foreach (var batch in feed.WatchAsync(run, after, TimeSpan.Zero, patience.Token))
        {
            if (batch.Any(happened => happened.Kind == kind && happened.Json.Contains(beginning, StringComparison.Ordinal)))
            {
                return;
            }
        }
    }

    private static Task ThreadOf(Action work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                work();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        }).Start();
        return ended.Task;
    }
}
