using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Tests.Runs;
using SEAS.Training.Hosting;
using SEAS.Web.Commands;

namespace SEAS.Tests.Commands;

public sealed class LeaveForLabelsTests : IDisposable
{
    private readonly TinyWorld _world = new();

    [Fact]
    public void A_run_that_would_wait_stops_says_where_to_label_and_goes_on_once_there_are_labels() =>
        _world.With("leave", (store, feed, _) =>
    {
        var run = new RunExecutor(store, feed).Create(_world.Plan().SendsAll(waitFor: 2) with { Rounds = 1 }).Id;
        using (var stop = new CancellationTokenSource())
        {
            var gate = new LeaveForLabels(stop);
            Assert.Throws<OperationCanceledException>(() => new RunExecutor(store, feed, gate).Execute(run, stop.Token));

            Assert.Equal((RunStatus.Stopped, 1), (store.Runs.Get(run).Status, gate.Waiting!.Round));
            Assert.Contains("0 of 2", gate.Advice, StringComparison.Ordinal);
            Assert.Contains($"./seas up --data {store.Folder}", gate.Advice, StringComparison.Ordinal);
            Assert.Contains($"./seas run --resume --data {store.Folder}", gate.Advice, StringComparison.Ordinal);
        }

        Labeller.Next(store, run, new LabelAnswers { Safety = SafetyLabel.Safe });
        Labeller.Next(store, run, new LabelAnswers { Safety = SafetyLabel.Safe });

        using var again = new CancellationTokenSource();
        new RunExecutor(store, feed, new LeaveForLabels(again)).Execute(run, again.Token);
        Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
        return true;
    });

    public void Dispose() => _world.Dispose();
}
