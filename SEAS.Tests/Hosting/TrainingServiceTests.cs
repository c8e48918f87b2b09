using Microsoft.Extensions.Logging.Abstractions;
using SEAS.Data.Contracts;
using SEAS.Tests.Runs;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;

namespace SEAS.Tests.Hosting;

public sealed class TrainingServiceTests : IDisposable
{
    private readonly TinyWorld _world = new();

    [Fact]
    public async Task A_waiting_run_that_is_stopped_is_stopped_at_once_and_never_starts()
    {
        using var store = _world.Open("service");
        using var feed = new RunFeed(store, TimeProvider.System);
        using var service = new TrainingService(store, new RunExecutor(store, feed), NullLogger<TrainingService>.Instance);
        var first = service.Enqueue(_world.Plan());
        var second = service.Enqueue(_world.Plan());

        Assert.True(service.Stop(second.Id));
        Assert.Equal(RunStatus.Stopped, store.Runs.Get(second.Id).Status);

        await service.StartAsync(CancellationToken.None);
        await UntilAsync(() => store.Runs.Get(first.Id).Status == RunStatus.Finished);
        await service.StopAsync(CancellationToken.None);
        Assert.Equal(RunStatus.Stopped, store.Runs.Get(second.Id).Status);
        Assert.Null(store.Runs.Get(second.Id).StartedUtc);
    }

    public void Dispose() => _world.Dispose();

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }
}
