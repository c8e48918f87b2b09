using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Tests.Web;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser;

/// <summary>What a person does with mouse and keyboard, over runs that follow a script.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class InteractionTests(Chromium chromium)
{
    private static readonly Look s_desk = Look.All[0];

    [SkippableFact]
    public async Task A_run_started_by_a_click_moves_without_reload_survives_one_and_ends_with_a_full_matrix()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        var hold = new TaskCompletionSource();
        await using var host = await DashboardHost.StartScriptedAsync(hold: hold.Task);
        var page = await s_desk.OpenAsync(chromium.Instance, host.Address);
        var errors = ErrorsOf(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{host.Address}runs/embedded-1");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("round 2 of 3");
        await page.ReloadAsync();
        await Expect(page.GetByText("Tuning the target, round 1")).ToBeVisibleAsync();
        var second = await s_desk.OpenAsync(chromium.Instance, page.Url);
        await second.Locator("canvas").First.WaitForAsync();
        hold.SetResult();
        await Expect(page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("finished");
        await Expect(second.GetByRole(AriaRole.Status).First).ToHaveTextAsync("finished");

        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "33.1" })).ToBeVisibleAsync();   // R3 against T3
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "–" })).ToHaveCountAsync(0);
        await Expect(page.Locator("canvas")).ToHaveCountAsync(4);
        Assert.Empty(errors);
    }

    [SkippableFact]
    public async Task Attacks_are_blurred_until_a_click_or_the_key_R_reveals_them()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var page = await OpenMiddleAsync(host);
        var blurred = page.Locator(".blurred");

        await Expect(blurred).ToHaveCountAsync(8);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show this attack" }).First.ClickAsync();
        await Expect(blurred).ToHaveCountAsync(7);
        await page.Keyboard.PressAsync("r");
        await Expect(blurred).ToHaveCountAsync(8);
        await page.Keyboard.PressAsync("r");
        await Expect(blurred).ToHaveCountAsync(0);
        await Expect(page.GetByText("<script>alert(1)</script>").First).ToBeVisibleAsync();   // as text
        await s_desk.PictureAsync(page, "run-revealed");
    }

    [SkippableFact]
    public async Task A_run_is_stopped_and_resumed()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync(hold: new TaskCompletionSource().Task);
        var page = await s_desk.OpenAsync(chromium.Instance, host.Address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop and keep" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("stopped");
        await s_desk.PictureAsync(page, "run-stopped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop and keep" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task The_chosen_colours_outlive_a_reload()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var page = await s_desk.OpenAsync(chromium.Instance, host.Address);
        var before = await BackgroundAsync(page);

        await page.Locator("[data-theme-toggle]").ClickAsync();
        var after = await BackgroundAsync(page);
        await page.ReloadAsync();

        Assert.NotEqual(before, after);
        Assert.Equal(after, await BackgroundAsync(page));
        Assert.Equal("light", await page.Locator("html").GetAttributeAsync("data-theme"));
    }

    [SkippableFact]
    public async Task A_page_finds_its_way_back_after_the_server_was_restarted()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        var folder = Directory.CreateTempSubdirectory("seas-restart-").FullName;
        IPage page;
        int port;
        await using (var first = await DashboardHost.StartScriptedAsync(folder))
        {
            port = first.Client.BaseAddress!.Port;
            page = await OpenMiddleAsync(first);
            await Expect(page.Locator("canvas")).ToHaveCountAsync(4);
        }

        await Expect(page.Locator("#components-reconnect-modal .trying")).ToBeVisibleAsync();
        await s_desk.PictureAsync(page, "run-disconnected", whole: false);
        await using (await DashboardHost.StartScriptedAsync(folder, port: port))
        {
            await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "58.9" })).ToBeVisibleAsync();   // R1 against T1
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private async Task<IPage> OpenMiddleAsync(DashboardHost host)
    {
        var run = host.Store.Runs.Create("embedded", 7, """{ "Rounds": 3 }""", "9f3c21a07b44");
        await new ScriptedRun(host.Store, host.Feed, run.Id).PlayUntilAsync(round: 2);
        var page = await s_desk.OpenAsync(chromium.Instance, $"{host.Address}runs/{run.Id}");
        await page.Locator("canvas").First.WaitForAsync();   // drawn by the circuit: the page is alive
        return page;
    }

    private static List<string> ErrorsOf(IPage page)
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        return errors;
    }
}
