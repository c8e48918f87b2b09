using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;

namespace SEAS.Tests.Hosting;

public sealed class RunFeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seas-feed-").FullName;
    private readonly Store _store;
    private readonly RunId _run;

    public RunFeedTests()
    {
        _store = Store.Open(_folder, TimeProvider.System);
        _run = _store.Runs.Create("smoke", 1, "{}", "hash").Id;
    }

    [Fact]
    public async Task A_viewer_sees_the_past_then_the_future_without_gap_or_repeat()
    {
        using var feed = new RunFeed(_store, TimeProvider.System);
        for (var i = 0; i < 5; i++)
        {
            feed.Publish(_run, EventKinds.Alert, new { text = i });
        }

        var late = Task.Run(() =>
        {
            for (var i = 5; i < 3000; i++)
            {
                feed.Publish(_run, EventKinds.Alert, new { text = i });
            }
        });
        var seen = await Take(feed, 3000);
        await late;

        Assert.Equal(Enumerable.Range(1, 3000).Select(number => (long)number), seen.Select(happened => happened.Sequence));
    }

    [Fact]
    public async Task A_viewer_who_comes_back_reads_on_where_it_left()
    {
        using var feed = new RunFeed(_store, TimeProvider.System);
        for (var i = 0; i < 2000; i++)
        {
            feed.Publish(_run, EventKinds.Alert, new { text = i });
        }

        feed.Flush();

        Assert.Equal(1500L, (await Take(feed, 500, after: 1499))[0].Sequence);
        Assert.Equal(11L, (await Take(feed, 500, after: 10))[0].Sequence);   // long gone from memory: from the store
    }

    [Fact]
    public async Task A_new_process_goes_on_counting()
    {
        using (var first = new RunFeed(_store, TimeProvider.System))
        {
            first.Publish(_run, EventKinds.RunStarted, new { });
            first.Flush();
        }

        using var second = new RunFeed(_store, TimeProvider.System);
        Assert.Equal(2, second.Publish(_run, EventKinds.RunStopped, new { }).Sequence);
        Assert.Equal(2, (await Take(second, 2)).Count);
    }

    [Fact]
    public async Task A_viewer_who_saw_more_than_was_stored_before_a_crash_misses_nothing_new()
    {
        using var feed = new RunFeed(_store, TimeProvider.System);
        feed.Publish(_run, EventKinds.RunStarted, new { });
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var watch = feed.WatchAsync(_run, after: 40, TimeSpan.FromMilliseconds(1), timeout.Token).GetAsyncEnumerator(timeout.Token);
        var next = watch.MoveNextAsync();
        feed.Publish(_run, EventKinds.RunStopped, new { });

        Assert.True(await next);
        Assert.Equal(2, watch.Current[^1].Sequence);
        await watch.DisposeAsync();
    }

    [Fact]
    public void Everything_published_is_stored_in_order()
    {
        using (var feed = new RunFeed(_store, TimeProvider.System))
        {
            Parallel.For(0, 500, i => feed.Publish(_run, EventKinds.Alert, new { text = i }));
            feed.Flush();
        }

        Assert.Equal(Enumerable.Range(1, 500).Select(number => (long)number), _store.Events.After(_run, 0)
            .Select(happened => happened.Sequence));
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<List<RunEvent>> Take(RunFeed feed, int count, long after = 0)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<RunEvent>();
        await foreach (var batch in feed.WatchAsync(_run, after, TimeSpan.FromMilliseconds(1), timeout.Token))
        {
            seen.AddRange(batch);
            if (seen.Count >= count)
            {
                break;
            }
        }

        return seen;
    }
}
