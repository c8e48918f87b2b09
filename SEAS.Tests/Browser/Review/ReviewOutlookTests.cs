using SEAS.Data.Contracts;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>What a label would do, and how far people agree, as the page shows it.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewOutlookTests(Chromium chromium)
{
    [SkippableFact]
    public async Task The_page_says_what_the_chosen_label_would_do_and_nothing_where_it_would_change_nothing()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        using var scene = new JudgedScene(host.Store);
        scene.Judge((118, [0.1, 0.4]), (118, [0.1, 0.2]));
        scene.Ask(seed: 118, prompt: 0, answer: 1);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}runs/{scene.Run}/review");
        await page.BeginAsync("Ann");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator(".blurred")).ToHaveCountAsync(0);
        var cards = page.Locator("[data-outlook]");

        await page.Keyboard.PressAsync("2");

        await Expect(cards).ToContainTextAsync("R: seed 118 gains a pair (this prompt becomes chosen).");
        await Expect(cards).ToContainTextAsync("T: answer 1 (safe) is preferred over this one.");
        await Look.All[0].PictureAsync(page, "review-outlook");
        await page.Keyboard.PressAsync("1");
        await Expect(cards).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-agreement]")).ToHaveTextAsync("agreement α –");
        await Expect(page.Locator("[data-agreement]")).ToHaveAttributeAsync("title", "No item has been labelled by two people yet.");
    }
}
