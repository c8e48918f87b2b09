using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Tests.Browser.Review;
using SEAS.Tests.Lineage;
using SEAS.Tests.Web.Lineage;
using SEAS.Training.Runs.Context;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Datasets;

/// <summary>A model taken away from the run's page, over a real run of tiny models.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ModelsCardTests(Chromium chromium, TracedRun traced) : IClassFixture<TracedRun>
{
    [SkippableFact]
    public async Task A_person_chooses_a_model_and_a_form_agrees_and_has_the_file()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await TracedHost.StartAsync(traced);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}runs/{traced.Run}");
        var card = page.Locator(".models");
        await Expect(card.GetByLabel("Model")).ToHaveValueAsync("target-2");   // the newest target first

        await card.GetByLabel("Model").SelectOptionAsync("red-1");
        await card.GetByLabel("As").SelectOptionAsync("gguf-q8_0");
        await Expect(card.Locator(".command")).ToContainTextAsync("--checkpoint red-1 --format gguf --precision q8_0");
        await card.GetByRole(AriaRole.Button, new() { Name = "Download model" }).ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Ann");
        var taken = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "I agree" }).ClickAsync());

        Assert.Equal($"seas-run-{traced.Run}-red-1-q8_0.gguf", taken.SuggestedFilename);
        Assert.Equal("GGUF"u8.ToArray(), (await File.ReadAllBytesAsync(await taken.PathAsync()))[..4]);
        await Expect(card.GetByRole(AriaRole.Status)).ToContainTextAsync("SHA-256");
        var entry = Assert.Single(traced.Store.DatasetAccess.Log(traced.Run));
        Assert.Equal(("Ann", "gguf-q8_0", "page"), (entry.Person, entry.Format, entry.Way));
    }

    [SkippableFact]
    public async Task Axe_finds_nothing_and_nothing_scrolls_sideways_in_any_look()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await TracedHost.StartAsync(traced);
        var found = new List<string>();
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, $"{host.Address}runs/{traced.Run}");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Download model" })).ToBeEnabledAsync();
            found.AddRange(await Axe.ViolationsAsync(page, $"models, {look.Name}"));
            await ReviewLookTests.AssertFitsAsync(page, look);
            await page.Context.CloseAsync();
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }
}
