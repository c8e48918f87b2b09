using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Tests.Web;
using SEAS.Training.ModelFiles;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser;

/// <summary>The real thing: a smoke run started by a click, trained for real, watched to its end.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SmokeRunTests(Chromium chromium)
{
    private const float AtMost = 300_000;   // under a minute on an idle machine; test machines are not idle

    [SkippableFact]
    public async Task A_smoke_run_is_started_watched_reloaded_and_finished()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        Skip.IfNot(Directory.Exists(EmbeddedWeights.Base), "The embedded weights are not built.");
        await using var host = await DashboardHost.StartAsync();
        var page = await Look.All[0].OpenAsync(chromium.Instance, host.Address);
        var chip = page.GetByRole(AriaRole.Status).First;

        await page.GetByRole(AriaRole.Radio, new() { Name = "Smoke" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{host.Address}runs/smoke-1");
        await Expect(chip).ToContainTextAsync("round 1 of", new() { Timeout = AtMost });
        await Look.All[0].PictureAsync(page, "smoke-live", whole: false);
        var earlier = await chip.InnerTextAsync();
        await Expect(chip).Not.ToHaveTextAsync(earlier, new() { Timeout = AtMost });   // moves without a reload
        await page.ReloadAsync();
        await Expect(chip).ToHaveTextAsync("finished", new() { Timeout = AtMost });

        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "–" })).ToHaveCountAsync(0);   // the matrix is full
        foreach (var look in Look.All)
        {
            var other = await look.OpenAsync(chromium.Instance, page.Url);
            await Expect(other.Locator("canvas")).ToHaveCountAsync(4);
            await look.PictureAsync(other, "smoke-finished");
            await other.Context.CloseAsync();
        }
    }
}
