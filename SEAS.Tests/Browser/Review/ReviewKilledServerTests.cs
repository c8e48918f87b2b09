using System.Collections.Concurrent;
using Dapper;
using Microsoft.Playwright;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Storage;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Web.Commands;
using SEAS.Web.Live;

namespace SEAS.Tests.Browser.Review;

/// <summary>The server killed with SIGKILL while ten people label over its pages.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewKilledServerTests(Chromium chromium) : IDisposable
{
    private const int People = 10;
    private const int UntilKilled = 60;
    private const int Afterwards = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("seas-review-killed-").FullName;
    private readonly ConcurrentQueue<(string Name, long Item)> _shown = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task No_label_that_a_page_took_is_lost_with_the_server_none_is_there_twice_and_everybody_gets_their_item_back()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        var (run, path) = Prepare();
        var port = ServerProcess.FreePort();
        var pages = new Dictionary<string, IPage>();
        using (var server = await ServerProcess.StartAsync(_folder, port))
        {
            foreach (var name in Enumerable.Range(0, People).Select(person => $"person {person}"))
            {
                pages[name] = await OpenAsync(server.Address + path, name);
            }

            using var killed = new CancellationTokenSource();
            var labelling = pages.Select(page => LabelAsync(page.Key, page.Value, int.MaxValue, killed.Token)).ToList();
            while (_shown.Count < UntilKilled)
            {
                await await Task.WhenAny(Task.WhenAny(labelling), Task.Delay(TimeSpan.FromMilliseconds(20)));
            }

            await server.KillAsync();
            await killed.CancelAsync();
            await Task.WhenAll(labelling);
        }

        var (before, held) = Stored(run);
        Assert.Subset(before, _shown.ToHashSet());
        Assert.InRange(before.Count - _shown.Count, 0, People);   // at most one each was stored and not shown any more

        using (await ServerProcess.StartAsync(_folder, port))
        {
            foreach (var (name, page) in pages)
            {
                await page.ReloadAsync();
                await page.ListensAsync();
                var item = await page.ItemAsync();
                Assert.Contains((name, item), held);
                Assert.DoesNotContain((name, item), before);
                await RevealAsync(page);
            }

            await Task.WhenAll(pages.Select(page => LabelAsync(page.Key, page.Value, Afterwards, CancellationToken.None)));
        }

        var (after, _) = Stored(run);
        Assert.Subset(after, _shown.ToHashSet());
        Assert.Equal(before.Count + (People * Afterwards), after.Count);
    }

    private (RunId Run, string Path) Prepare()
    {
        using var store = Store.Open(_folder, TimeProvider.System);
        var scene = new ReviewScene(store, items: 2000, new ReviewSettings { OverlapShare = 0.2, Questions = ReviewQuestions.Safety });
        return (scene.Run, scene.Path);
    }

    // What the folder holds while no server runs: every label once, and no item with more than it wants.
    private (HashSet<(string Name, long Item)> Labels, HashSet<(string Name, long Item)> Held) Stored(RunId run)
    {
        HashSet<(string, long)> held;
        HashSet<(string Name, long Item)> labels;
        using (var store = Store.Open(_folder, TimeProvider.System))
        {
            var standing = store.Review.Decisions.Current(run);
            labels = [.. standing.Select(decision => (decision.Annotator, decision.Item))];
            Assert.Equal(standing.Count, labels.Count);
            var items = store.Review.Items.OfRun(run).ToDictionary(item => item.Key);
            Assert.All(standing.GroupBy(decision => decision.Item), of =>
            {
                Assert.InRange(of.Count(), 1, items[of.Key].Wanted);
                Assert.Equal(of.Count(), store.Review.Decisions.History(of.Key).Count);
            });
        }

        using var connections = new SqliteConnections(Path.Combine(_folder, "seas.db"));
        held = [.. connections.Read(reader => reader.Query<(string, long)>("SELECT annotator, item FROM review_leases;"))];
        return (labels, held);
    }

    private async Task<IPage> OpenAsync(string address, string name)
    {
        var page = await Look.All[0].OpenAsync(chromium.Instance, address);
        await page.BeginAsync(name);
        await RevealAsync(page);
        return page;
    }

    private static async Task RevealAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Shift+R");
        await page.Locator(".blurred").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    // A label counts as shown when the page goes on to another item: only then its person believes that it is kept.
    private async Task LabelAsync(string name, IPage page, int labels, CancellationToken killed)
    {
        for (var given = 0; given < labels && !killed.IsCancellationRequested; given++)
        {
            var item = await page.ItemAsync();
            await page.Keyboard.PressAsync("1");
            var next = page.Locator($"[data-item]:not([data-item='{item}'])").WaitForAsync();
            if (await Task.WhenAny(next, Task.Delay(Timeout.Infinite, killed)) == next && next.IsCompletedSuccessfully)
            {
                _shown.Enqueue((name, item));
            }
        }
    }
}
