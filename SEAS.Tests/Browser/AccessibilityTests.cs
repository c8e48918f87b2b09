using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Tests.Web;
using SEAS.Web.Commands;

namespace SEAS.Tests.Browser;

/// <summary>The pages read by axe, and walked through with the keyboard.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Axe_finds_nothing_on_any_page_in_either_theme()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var run = host.Store.Runs.Create("embedded", 7, """{ "Rounds": 3 }""", "9f3c21a07b44");
        await new ScriptedRun(host.Store, host.Feed, run.Id).PlayUntilAsync(round: 3);
        var found = new List<string>();
        foreach (var look in Look.All.Where(look => look.Scheme == ColorScheme.Light || look.Width > 1000))
        {
            var page = await look.OpenAsync(chromium.Instance, host.Address);
            found.AddRange(await Axe.ViolationsAsync(page, $"runs, {look.Name}"));
            await page.GotoAsync($"{host.Address}runs/{run.Id}");
            await page.Locator("canvas").First.WaitForAsync();
            found.AddRange(await Axe.ViolationsAsync(page, $"run, {look.Name}"));
            await page.Keyboard.PressAsync("r");
            found.AddRange(await Axe.ViolationsAsync(page, $"run revealed, {look.Name}"));
            await page.Context.CloseAsync();
        }

        Assert.Empty(found);
    }

    [SkippableFact]
    public async Task A_run_is_started_with_the_keyboard_alone()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var page = await Look.All[0].OpenAsync(chromium.Instance, host.Address);
        var start = page.GetByRole(AriaRole.Button, new() { Name = "Start" });
        await Assertions.Expect(start).ToBeEnabledAsync();

        await page.GetByText("Skip to the content").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Embedded" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("5");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Smoke · seed");
    }
}
