using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>The review pages as people see them: pictured at desk and phone, in both themes, and none scrolls sideways.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewLookTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Labelling_is_pictured_in_its_states_at_desk_and_phone_in_both_themes()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 27);
        scene.Label("Bob", 4, item => item.Unsafe == true ? SafetyLabel.Unsafe : SafetyLabel.Safe);
        scene.Label("Chris", 2, _ => SafetyLabel.Safe);
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
            await page.GetByLabel("Your name").WaitForAsync();
            await look.PictureAsync(page, "review-name");
            await page.BeginAsync($"Ann, {look.Name}");
            await look.PictureAsync(page, "review-blurred");
            await page.Keyboard.PressAsync("Shift+R");
            await page.Keyboard.PressAsync("2");
            await page.Keyboard.PressAsync("5");
            await Expect(page.Locator("[aria-pressed=true]")).ToHaveCountAsync(2);
            await look.PictureAsync(page, "review");
            await page.Keyboard.PressAsync("e");
            await page.Keyboard.TypeAsync("I will not help to read letters of others.");
            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(page.GetByText("Last: unsafe, partly refused, answer corrected")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("g");
            await page.GetByRole(AriaRole.Heading, new() { Name = "Guidelines" }).WaitForAsync();
            await look.PictureAsync(page, "review-guidelines");
            await page.Keyboard.PressAsync("?");
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            await look.PictureAsync(page, "review-keys", whole: false);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await AssertFitsAsync(page, look);
            await page.Context.CloseAsync();
        }
    }

    internal static async Task AssertFitsAsync(IPage page, Look look)
    {
        var widths = await page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, innerWidth]");
        Assert.True(widths[0] <= widths[1], $"{page.Url}, {look.Name} scrolls sideways: {widths[0]} in {widths[1]}");
    }
}
