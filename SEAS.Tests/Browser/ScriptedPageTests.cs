using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Tests.Web;
using SEAS.Web.Commands;

namespace SEAS.Tests.Browser;

/// <summary>Pages over a scripted run: what a person sees and can do, without the time that training takes.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ScriptedPageTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Every_state_of_a_run_is_pictured_at_desk_and_phone_in_both_themes()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, host.Address);
            await page.GetByRole(AriaRole.Heading, new() { Name = "Runs" }).WaitForAsync();
            await look.PictureAsync(page, "runs-empty");
            await page.Context.CloseAsync();
        }

        var middle = host.Store.Runs.Create("embedded", 7, """{ "Rounds": 3 }""", "9f3c21a07b44");
        await new ScriptedRun(host.Store, host.Feed, middle.Id).PlayUntilAsync(round: 3);
        var finished = host.Store.Runs.Create("embedded", 1, """{ "Rounds": 3 }""", "9f3c21a07b44");
        await new ScriptedRun(host.Store, host.Feed, finished.Id).PlayAsync(CancellationToken.None);
        var young = host.Store.Runs.Create("smoke", 2, """{ "Rounds": 3 }""", "9f3c21a07b44");
        var failed = host.Store.Runs.Create("embedded", 3, """{ "Rounds": 3 }""", "9f3c21a07b44");
        host.Store.Runs.MarkRunning(failed.Id);
        host.Store.Runs.MarkFailed(failed.Id, "base.safetensors should have 14,680,064 bytes but has 8,192. Make it again.");
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, host.Address);
            (string Name, string Path)[] pages = [
                ("runs", ""), ("run-live", $"runs/{middle.Id}"), ("run-finished", $"runs/{finished.Id}"),
                ("run-queued", $"runs/{young.Id}"), ("run-failed", $"runs/{failed.Id}"), ("nowhere", "runs/none"),
            ];
            foreach (var (name, path) in pages)
            {
                await page.GotoAsync(host.Address + path);
                await page.WaitForTimeoutAsync(700);
                await look.PictureAsync(page, name);
            }

            var widths = await page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, innerWidth]");
            Assert.True(widths[0] <= widths[1], $"{look.Name} scrolls sideways: {widths[0]} in {widths[1]}");
            await page.Context.CloseAsync();
        }
    }
}
