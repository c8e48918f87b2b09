using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>All pages of a review, read by axe and pictured; labels that go out by one of them and come in by it again.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewPagesTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Axe_finds_nothing_on_any_review_page_in_either_theme()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 40, new ReviewSettings { OverlapShare = 0, MinimumSubmissions = 2 });
        scene.Label("Bob", 12, item => item.Unsafe == true ? SafetyLabel.Unsafe : SafetyLabel.Safe);
        scene.Label("Chris", 12, item => item.SeedIndex % 4 == 0 ? SafetyLabel.Safe : SafetyLabel.Unsafe);
        var found = new List<string>();
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
            await page.BeginAsync($"Ann, {look.Name}");
            await page.Keyboard.PressAsync("r");
            await Expect(page.Locator(".blurred")).ToHaveCountAsync(0);
            found.AddRange(await Axe.ViolationsAsync(page, $"label, {look.Name}"));
            await page.Keyboard.PressAsync("?");
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            found.AddRange(await Axe.ViolationsAsync(page, $"keys, {look.Name}"));
            (string Name, string Path, string Waits)[] pages = [
                ("reviews", "review", "table"), ("review-adjudicate-list", $"{scene.Path}/adjudicate", "[data-item]"),
                ("review-quality", $"{scene.Path}/quality", ".figures"), ("review-files", $"{scene.Path}/labels", ".files"),
                ("review-setup", $"{scene.Path}/setup", ".prose"),
            ];
            foreach (var (name, path, waits) in pages)
            {
                await page.GotoAsync(host.Address + path);
                await page.Locator(waits).First.WaitForAsync();
                found.AddRange(await Axe.ViolationsAsync(page, $"{name}, {look.Name}"));
                await look.PictureAsync(page, name);
                await ReviewLookTests.AssertFitsAsync(page, look);
            }

            await page.Context.CloseAsync();
        }

        Assert.Empty(found);
    }

    [SkippableFact]
    public async Task The_menus_count_and_a_leads_settings_reach_pages_that_are_open()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 5, new ReviewSettings { OverlapShare = 0, Questions = ReviewQuestions.All });
        var runs = await Look.All[0].OpenAsync(chromium.Instance, host.Address);
        await Expect(runs.Locator(".menu .count")).ToHaveTextAsync("5");
        await Expect(runs.GetByRole(AriaRole.Button, new() { Name = "Start" })).ToBeEnabledAsync();   // it listens by now
        var label = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await label.BeginAsync("Ann");
        await Expect(label.GetByText("Write the answer it should have given")).ToBeVisibleAsync();

        scene.Label("Bob", 2, _ => SafetyLabel.Safe);
        await Expect(runs.Locator(".menu .count")).ToHaveTextAsync("3");
        var item = await label.ItemAsync();
        host.Store.Review.Settings.Save(scene.Run, new ReviewSettings { OverlapShare = 0, Questions = ReviewQuestions.Safety });

        await Expect(label.GetByText("The settings of this review were changed.")).ToBeVisibleAsync();
        await Expect(label.GetByText("Write the answer it should have given")).ToHaveCountAsync(0);
        Assert.Equal(item, await label.ItemAsync());
        await label.Keyboard.PressAsync("Shift+R");
        await Expect(label.Locator(".blurred")).ToHaveCountAsync(0);
        await label.DecideAsync("1");   // one question is left, so one key decides
        await Expect(runs.Locator(".menu .count")).ToHaveTextAsync("2");
    }

    [SkippableFact]
    public async Task Labels_taken_out_are_taken_in_again_after_a_preview_and_a_bad_file_is_refused_row_by_row()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var from = new ReviewScene(host.Store, items: 10);
        from.Label("Bob", 6, _ => SafetyLabel.Unsafe);
        var file = await host.Client.GetStringAsync(new Uri($"api/v1/runs/{from.Run}/labels?format=jsonl", UriKind.Relative));
        Assert.Equal(6, file.Trim().Split('\n').Length);
        var to = new ReviewScene(host.Store, items: 10);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{to.Path}/labels");

        await ChooseAsync(page, "labels.jsonl", file.Replace("\"Bob\"", "\"\"", StringComparison.Ordinal));
        await Expect(page.GetByText("6 problems, so nothing can be stored")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Store" })).ToBeDisabledAsync();
        await Look.All[0].PictureAsync(page, "review-files-problems");
        await ChooseAsync(page, "labels.jsonl", file.Replace(from.Run.Value, to.Run.Value, StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Store 6 labels" }).ClickAsync();
        await Expect(page.GetByText("6 labels are stored.")).ToBeVisibleAsync();

        var stored = host.Store.Review.Decisions.Current(to.Run);
        Assert.Equal(6, stored.Count);
        Assert.All(stored, decision => Assert.Equal(("Bob", DecisionOrigin.Import), (decision.Annotator, decision.Origin)));
    }

    private static async Task ChooseAsync(IPage page, string name, string text)
    {
        var field = page.Locator("input[type=file]");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(
            new FilePayload { Name = name, MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
    }
}
