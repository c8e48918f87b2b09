using System.Globalization;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Tests.Support;

namespace SEAS.Tests.Web;

/// <summary>The hub, tried with npm's <c>@microsoft/signalr</c> under node.</summary>
public sealed class HubTests
{
    [SkippableFact]
    public async Task A_client_gets_the_past_and_then_the_future_without_gap_or_repeat()
    {
        SkipWithoutNode();
        await using var host = await DashboardHost.StartScriptedAsync();
        var run = NewRun(host);
        Publish(host, run, 20);

        var watching = WatchAsync(host, run, after: 5, count: 30);
        await Task.Delay(300);
        Publish(host, run, 30);
        var events = await watching;

        Assert.Equal(Enumerable.Range(6, 30), Numbers(events));
        Assert.All(events, happened => Assert.Equal("alert", happened.GetProperty("kind").GetString()));
        Assert.Equal("text 6", events[0].GetProperty("payload").GetProperty("text").GetString());
    }

    [SkippableFact]
    public async Task A_client_that_lost_its_connection_goes_on_after_the_last_number()
    {
        SkipWithoutNode();
        await using var host = await DashboardHost.StartScriptedAsync();
        var run = NewRun(host);
        Publish(host, run, 40);

        var events = await WatchAsync(host, run, after: 0, count: 40, "drop");

        Assert.Equal(Enumerable.Range(1, 40), Numbers(events));
    }

    [SkippableFact]
    public async Task Watching_an_unknown_run_says_so()
    {
        SkipWithoutNode();
        await using var host = await DashboardHost.StartScriptedAsync();

        var nobody = new RunId("nobody");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => WatchAsync(host, nobody, after: 0, count: 1));

        Assert.Contains("There is no run \"nobody\"", error.Message, StringComparison.Ordinal);
    }

    private static void SkipWithoutNode() => NodeScript.Require("@microsoft/signalr");

    private static IEnumerable<int> Numbers(IEnumerable<JsonElement> events) =>
        events.Select(happened => happened.GetProperty("sequence").GetInt32());

    private static RunId NewRun(DashboardHost host) => host.Store.Runs.Create("smoke", 1, "{}", "hash").Id;

    private static void Publish(DashboardHost host, RunId run, int count)
    {
        var first = host.Store.Events.LastSequence(run);
        for (var i = 1; i <= count; i++)
        {
            host.Feed.Publish(run, EventKinds.Alert, new { text = string.Create(CultureInfo.InvariantCulture, $"text {first + i}") });
        }

        host.Feed.Flush();
    }

    private static async Task<IReadOnlyList<JsonElement>> WatchAsync(
        DashboardHost host, RunId run, int after, int count, params string[] more)
    {
        var lines = await NodeScript.RunAsync(
            "Web/client/watch.mjs", input: null, [host.Address, run.Value, $"{after}", $"{count}", .. more]);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}
