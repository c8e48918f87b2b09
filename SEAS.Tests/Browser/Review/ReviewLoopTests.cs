using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Tests.Runs;
using SEAS.Tests.Web;
using SEAS.Training.Hosting;
using SEAS.Training.Review;
using SEAS.Training.Runs.Ledger;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Review;

/// <summary>The whole way: a real round waits, two people label and differ, a lead settles it, and the round uses it.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReviewLoopTests(Chromium chromium) : IDisposable
{
    private const float AtMost = 300_000;   // some seconds on an idle machine

    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [SkippableFact]
    public async Task A_waiting_round_uses_what_two_people_labelled_differently_and_a_lead_settled()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartAsync();
        var plan = _world.Plan().SendsAll(waitFor: 1000) with { Rounds = 1 };
        var run = host.App.Services.GetRequiredService<TrainingService>().Enqueue(plan).Id;
        const ReviewQuestions asked = ReviewQuestions.Safety;
        host.Store.Review.Settings.Save(run, new ReviewSettings { OverlapShare = 0, MinimumSubmissions = 2, Questions = asked });
        var (ann, bob) = (await OpenAsync(host, run, "review", "Ann"), await OpenAsync(host, run, "review", "Bob"));

        var item = await FirstAsync(ann);
        Assert.Equal(item, await FirstAsync(bob));
        var guard = host.Store.Review.Items.Find(item)!.Unsafe!.Value;
        await ann.DecideAsync(guard ? "1" : "2");
        await bob.DecideAsync(guard ? "2" : "1");
        var lead = await OpenAsync(host, run, "review/adjudicate", "Lea");
        Assert.Equal(item, await FirstAsync(lead));
        await lead.Keyboard.PressAsync(guard ? "1" : "2");
        await lead.DecideAsync("Enter");

        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}runs/{run}");
        await Expect(page.GetByText("Round 1 waits for you: 1 of")).ToBeVisibleAsync();
        await Look.All[0].PictureAsync(page, "run-waiting");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Lea");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("finished", new() { Timeout = AtMost });
        await page.Keyboard.PressAsync("r");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to review" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "sent to review" })).ToBeVisibleAsync();
        Assert.Contains(host.Store.Review.Items.CountsByReason(run), count => count.Reason == ReviewReasons.ByHand);
        await page.GetByRole(AriaRole.Link, new() { Name = "Round 1" }).ClickAsync();

        await Expect(Figure(page, "Labels used")).ToHaveTextAsync("1");
        await Expect(Figure(page, "Verdicts changed")).Not.ToHaveTextAsync("0");
        await Expect(page.GetByText("The round has chosen its pairs.")).ToBeVisibleAsync();
        await PictureEverywhereAsync(page.Url);
        Assert.Contains("Lea", host.Store.Units.Find(run, LedgerUnits.ReviewReleased(1))!.ResultJson, StringComparison.Ordinal);
        var effects = LabelEffects.Of(host.Store, run, 1);
        Assert.True(effects.IsFrozen);
        Assert.Contains(effects.Verdicts, verdict => verdict.Item == item && verdict.Guard == guard && verdict.Unsafe == !guard);
    }

    private static ILocator Figure(IPage page, string title) => page.Locator(".kpi", new() { HasText = title }).Locator(".v");

    private static async Task<long> FirstAsync(IPage page)
    {
        await page.ListensAsync();
        await page.Keyboard.PressAsync("Shift+R");
        await Expect(page.Locator(".blurred")).ToHaveCountAsync(0);
        return await page.ItemAsync();
    }

    private async Task<IPage> OpenAsync(DashboardHost host, RunId run, string path, string name)
    {
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}runs/{run}/{path}");
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        return page;
    }

    private async Task PictureEverywhereAsync(string address)
    {
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, address);
            await page.Locator(".kpi").First.WaitForAsync();
            await look.PictureAsync(page, "round-effects");
            await ReviewLookTests.AssertFitsAsync(page, look);
            await page.Context.CloseAsync();
        }
    }
}
