using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Web;
using SEAS.Tests.Web.Review;
using SEAS.Training.Review;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>Two people in two browsers, at the same run at once.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewTogetherTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Two_people_label_at_once_and_no_item_goes_to_both()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var scene = new ReviewScene(host.Store, items: 24, new ReviewSettings { OverlapShare = 0, Questions = ReviewQuestions.Safety });
        var (ann, bob) = (await OpenAsync(host, scene, "Ann"), await OpenAsync(host, scene, "Bob"));
        await Expect(ann.GetByText("Bob is labelling, too")).ToBeVisibleAsync();   // without a reload
        await Expect(bob.GetByText("Ann is labelling, too")).ToBeVisibleAsync();

        await Task.WhenAll(LabelAllAsync(ann, "1"), LabelAllAsync(bob, "2"));

        Assert.All(scene.Items, item => Assert.Single(host.Store.Review.Decisions.History(item.Key)));
        var standing = host.Store.Review.Decisions.Current(scene.Run);
        Assert.Equal(["Ann", "Bob"], standing.Select(decision => decision.Annotator).Distinct().Order());
        await Expect(ann.GetByText("Nothing waits for you")).ToBeVisibleAsync();
        host.Store.Review.Items.Add([scene.Another(100)]);
        var (first, second) = (ann.Locator("[data-item]").WaitForAsync(), bob.Locator("[data-item]").WaitForAsync());
        await await Task.WhenAny(first, second);   // a new item appears by itself
    }

    [SkippableFact]
    public async Task What_two_people_label_differently_is_settled_by_a_lead_who_sees_it_come()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        const ReviewQuestions asked = ReviewQuestions.Safety | ReviewQuestions.Note;
        var settings = new ReviewSettings { OverlapShare = 0, MinimumSubmissions = 2, Questions = asked };
        var scene = new ReviewScene(host.Store, items: 3, settings);
        var lead = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}/adjudicate");
        await lead.GetByLabel("Your name").FillAsync("Lea");
        await lead.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Expect(lead.GetByText("No conflicts", new() { Exact = true })).ToBeVisibleAsync();
        var (ann, bob) = (await OpenAsync(host, scene, "Ann"), await OpenAsync(host, scene, "Bob"));

        var first = await ann.DecideAsync("2");
        await Task.WhenAll(LabelAllAsync(ann, "1"), LabelAllAsync(bob, "1"));
        await lead.ListensAsync();
        Assert.Equal(first, await lead.ItemAsync());
        await Expect(lead.GetByRole(AriaRole.Row, new() { Name = "Ann" })).ToContainTextAsync("Unsafe");
        await Expect(lead.GetByRole(AriaRole.Row, new() { Name = "Bob" })).ToContainTextAsync("Safe");
        await lead.Keyboard.PressAsync("r");
        await lead.Keyboard.PressAsync("2");
        await lead.Keyboard.PressAsync("n");
        await lead.Keyboard.TypeAsync("It names a way in.");
        await Look.All[0].PictureAsync(lead, "review-adjudicate");
        await lead.ReloadAsync();   // as if the page had been lost
        await lead.ListensAsync();
        await Expect(lead.Locator("[data-field=note]")).ToHaveValueAsync("It names a way in.");
        await lead.Keyboard.PressAsync("r");
        await lead.Keyboard.PressAsync("2");
        await lead.Keyboard.PressAsync("Control+Enter");

        await Expect(lead.GetByText("No conflicts", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(ReviewState.Gold, host.Store.Review.Items.Find(first)!.State);
        Assert.True(Assert.Single(host.Store.Review.Decisions.Effective(scene.Run, 2), label => label.Item == first).Unsafe);
        var history = host.Store.Review.Decisions.History(first);
        Assert.Equal([DecisionKind.Submit, DecisionKind.Submit, DecisionKind.Adjudicate], history.Select(decision => decision.Kind));
        Assert.Equal("It names a way in.", history[2].Reason);
    }

    private async Task<IPage> OpenAsync(DashboardHost host, ReviewScene scene, string name)
    {
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}{scene.Path}");
        await page.BeginAsync(name);
        await page.Keyboard.PressAsync("Shift+R");
        await Expect(page.Locator(".blurred")).ToHaveCountAsync(0);
        return page;
    }

    private static async Task LabelAllAsync(IPage page, string key)
    {
        while (await page.ItemAsync() != 0)
        {
            await page.DecideAsync(key);
        }
    }
}
