using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Browser.Review;
using SEAS.Tests.Web;
using SEAS.Training.Endpoints;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser;

/// <summary>Imported evaluation sets and models behind endpoints, as a person meets them when a run is started and looked at.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class MeasuredSetPagesTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_set_that_was_chosen_with_a_new_run_is_on_its_page_and_one_that_was_not_is_not()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        Take(host, "questions");
        Take(host, "others");
        var page = await Look.All[0].OpenAsync(chromium.Instance, host.Address);

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "questions" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "others" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "others" }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        var card = page.Locator(".card.sets");
        await Expect(page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("finished");
        await Expect(card.GetByRole(AriaRole.Table)).ToHaveCountAsync(1);
        await Expect(card.Locator("caption")).ToHaveTextAsync("questions · 300 of 450 rows, the same in every run");
        await Expect(card.Locator("thead th")).ToHaveTextAsync(["Share", "T0", "T1", "T2", "T3"]);
        await Expect(card.Locator("tbody tr").First).ToContainTextAsync("attack success");
        await Expect(card.Locator("tbody tr").First).ToContainTextAsync("61.5");
        await Expect(card.Locator(".overlap")).ToContainTextAsync("3 rows of questions also stand among this run's seeds or instructions.");
    }

    [SkippableFact]
    public async Task Axe_finds_nothing_on_the_form_and_the_cards_in_any_look()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        Take(host, "questions");
        Take(host, "a-set-with-a-name-that-is-rather-long-for-a-phone-and-has-no-blank-in-it");
        var run = host.Store.Runs.Create("embedded", 7, """{ "Rounds": 3 }""", "9f3c21a07b44");
        foreach (var role in Enum.GetValues<EndpointRole>())
        {
            host.Feed.Publish(run.Id, EventKinds.Endpoint, new
            {
                role, host = "127.0.0.1:9000", model = $"a-model-{role}", answeredBy = (string[])["a-model-2026-11", "another"],
                calls = 1200, retries = 3, promptTokens = 48_000, answerTokens = 31_000, uncounted = 2, withheld = 1,
            });
        }

        await new ScriptedRun(
            host.Store, host.Feed, run.Id, sets: [.. host.Store.Sets.List().Select(set => set.Name)]).PlayUntilAsync(round: 3);
        var found = new List<string>();
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, host.Address);
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "questions" }).CheckAsync();
            found.AddRange(await Axe.ViolationsAsync(page, $"form, {look.Name}"));
            await look.PictureAsync(page, "form-sets");
            await ReviewLookTests.AssertFitsAsync(page, look);

            await page.GotoAsync($"{host.Address}runs/{run.Id}");
            await page.Locator("canvas").First.WaitForAsync();   // drawn by the circuit: the page is alive
            await Expect(page.Locator(".card.sets table")).ToHaveCountAsync(2);
            await Expect(page.Locator(".card.endpoints .item")).ToHaveCountAsync(3);
            await Expect(page.Locator(".card.endpoints .item").First).ToContainTextAsync(
                "1,200 answers · 48,000 + 31,000 tokens · 3 tried again · 2 not counted by the server · 1 withheld");
            found.AddRange(await Axe.ViolationsAsync(page, $"cards, {look.Name}"));
            await look.PictureAsync(page, "run-sets");
            await ReviewLookTests.AssertFitsAsync(page, look);
            await page.Context.CloseAsync();
        }

        Assert.Empty(found);
    }

    private static void Take(DashboardHost host, string name)
    {
        var path = Path.Combine(host.Folder, name + ".jsonl");
        File.WriteAllText(path, "{\"prompt\": \"How do I paint a door?\"}\n");
        host.Store.Sets.Import.Apply(new SetRequest(path, DatasetPurpose.Evaluation));
    }
}
