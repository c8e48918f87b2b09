using System.Globalization;
using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Web.Commands;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>A session without a mouse.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewKeyboardTests(Chromium chromium, ITestOutputHelper output)
{
    // From the key going down to the next item painted, as the browser's own clock sees it.
    private const string Stopwatch = """
        (() => {
          const times = window.keyToNext = [];
          let pressed = 0;
          window.addEventListener("keydown", () => pressed = performance.now(), true);
          new MutationObserver(changes => {
            if (!pressed || !changes.some(change => change.type === "attributes" && change.attributeName === "data-item")) return;
            const since = pressed;
            pressed = 0;
            requestAnimationFrame(() => { const channel = new MessageChannel();
              channel.port1.onmessage = () => times.push(performance.now() - since); channel.port2.postMessage(0); });
          }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-item"] });
        })();
        """;

    [SkippableFact]
    public async Task A_hundred_items_of_a_long_queue_are_labelled_with_the_keyboard_alone()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var settings = new ReviewSettings { OverlapShare = 0, Questions = ReviewQuestions.All, PauseAfterHarmful = 0 };
        var scene = new ReviewScene(host.Store, items: 100_000, settings);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await page.GetByLabel("Your name").FocusAsync();
        await page.Keyboard.TypeAsync("Ann");
        await page.Keyboard.PressAsync("Enter");
        await page.ListensAsync();
        await page.Keyboard.PressAsync("Shift+R");
        await page.EvaluateAsync(Stopwatch);

        var decided = new List<long>();
        for (var at = 0; at < 100; at++)
        {
            decided.Add(await LabelAsync(page, at));
        }

        Assert.Equal(100, decided.Distinct().Count());
        var standing = host.Store.Review.Decisions.Current(scene.Run);
        Assert.Equal(decided.Order(), standing.Select(decision => decision.Item).Order());
        Assert.Equal(10, standing.Count(decision => decision.Kind == DecisionKind.Skip));
        Assert.Equal(10, standing.Count(decision => decision.Answers.Note == "seen"));
        Assert.Equal(80, standing.Count(decision => decision.Answers.Behaviour == BehaviourLabel.PartlyRefused));
        await ReportAsync(page, "key to next item, 100 of 100,000 items");
    }

    [SkippableFact]
    public async Task Keys_are_muted_while_typing_listed_on_request_and_changed_by_whoever_likes_others()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 5);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await page.BeginAsync("Ann");
        var item = await page.ItemAsync();

        await page.Keyboard.PressAsync("n");
        await page.Keyboard.TypeAsync("1 2 u f ? means nothing here");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByLabel("Note, for other people to read")).ToHaveValueAsync("1 2 u f ? means nothing here");
        await Expect(page.Locator("[aria-pressed=true]")).ToHaveCountAsync(0);
        Assert.Equal(item, await page.ItemAsync());

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Partly refused");
        await page.Keyboard.PressAsync("1");   // not heard under a dialog
        await page.GetByRole(AriaRole.Button, new() { Name = "change the key of: skip" }).ClickAsync();
        await page.GetByText("press a key").WaitForAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("R already means");
        await page.GetByRole(AriaRole.Button, new() { Name = "change the key of: skip" }).ClickAsync();
        await page.GetByText("press a key").WaitForAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "X change the key of: skip" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Skip" })).ToHaveAttributeAsync("aria-keyshortcuts", "X");
        await page.DecideAsync("x");
        Assert.Equal(DecisionKind.Skip, Assert.Single(host.Store.Review.Decisions.Current(scene.Run)).Kind);
        await page.ReloadAsync();
        await page.ListensAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Skip" })).ToHaveAttributeAsync("aria-keyshortcuts", "X");
    }

    // Every tenth is skipped, every tenth gets a note.
    private static async Task<long> LabelAsync(IPage page, int at)
    {
        if (at % 10 == 3)
        {
            return await page.DecideAsync("Space");
        }

        await page.Keyboard.PressAsync(at % 2 == 0 ? "1" : "2");
        if (at % 10 == 7)
        {
            await page.Keyboard.PressAsync("n");
            await page.Keyboard.TypeAsync("seen");
            return await page.DecideAsync("Control+Enter");
        }

        await page.Keyboard.PressAsync("5");
        return await page.DecideAsync("Enter");
    }

    private async Task ReportAsync(IPage page, string what)
    {
        await page.WaitForFunctionAsync("keyToNext.length >= 100");   // the last is noted when it is painted, after the item is there
        var times = await page.EvaluateAsync<double[]>("keyToNext");
        Array.Sort(times);
        var (middle, high) = (times[times.Length / 2], times[(int)(times.Length * 0.95)]);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{what}: p50 {middle:0} ms, p95 {high:0} ms, worst {times[^1]:0} ms, n {times.Length}");
        output.WriteLine(text);
        await File.WriteAllTextAsync(Path.Combine(Look.Folder, "..", "review-keys.txt"), text + "\n");
        Assert.Equal(100, times.Length);
    }
}
