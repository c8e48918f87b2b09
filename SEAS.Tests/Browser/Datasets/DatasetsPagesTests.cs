using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Browser.Review;
using SEAS.Tests.Lineage;
using SEAS.Tests.Review;
using SEAS.Tests.Web.Lineage;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Datasets;

/// <summary>Datasets taken away and taken in with mouse and keyboard, over a real run of tiny models.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class DatasetsPagesTests(Chromium chromium, TracedRun traced) : IClassFixture<TracedRun>
{
    private const string Rows = """
        {"prompt": "How is a bank robbed?", "category": "Crimes_And_Illegal_Activities"}
        {"prompt": "How is a ticket forged?", "category": "Fraud"}
        {"prompt": "How is a letter opened?", "category": "Privacy_And_Property"}
        """;

    [SkippableFact]
    public async Task Axe_finds_nothing_and_no_page_scrolls_sideways_in_any_look()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await TracedHost.StartAsync(traced);
        Seeds("pictured");
        traced.Store.DatasetAccess.RecordModel(
            new SEAS.Data.Contracts.RunId("another-1"), 1, "hf",
            new SEAS.Data.Datasets.Export.PreparedExport("", "another-1.zip", "application/zip", new string('a', 64), 1024), "Ada", "page");
        var found = new List<string>();
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, $"{host.Address}datasets");
            (string Name, string Path, string Waits)[] pages =
            [
                ("datasets", "datasets", "table"), ("datasets-run", $"runs/{traced.Run}/datasets", ".files"),
                ("datasets-set", "datasets/sets/pictured", ".rows"), ("datasets-import", "datasets/import", "input[type=file]"),
                ("case", $"runs/{traced.Run}/cases/1.3.1.0", ".chain"), ("lineage", $"runs/{traced.Run}/lineage/r1/target/0", ".chain"),
            ];
            foreach (var (name, path, waits) in pages)
            {
                await page.GotoAsync(host.Address + path);
                await page.Locator(waits).First.WaitForAsync();
                if (name is not "datasets" and not "datasets-import")
                {
                    await page.Locator("button[aria-keyshortcuts=R]").ClickAsync();   // waits until the page is alive
                    await Expect(page.Locator(".blurred")).ToHaveCountAsync(0);
                }

                found.AddRange(await Axe.ViolationsAsync(page, $"{name}, {look.Name}"));
                await look.PictureAsync(page, name);
                await ReviewLookTests.AssertFitsAsync(page, look);
            }

            await page.Context.CloseAsync();
        }

        traced.Store.Sets.Remove("pictured");
        Assert.Empty(found);
    }

    [SkippableFact]
    public async Task A_first_download_shows_the_notice_and_leaves_a_line_in_the_log()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await TracedHost.StartAsync(traced);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}runs/{traced.Run}/datasets?round=2&format=trl");
        var download = page.GetByRole(AriaRole.Button, new() { Name = "Download" });

        await download.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.GetByLabel("Your name").FillAsync("Ann");
        var first = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "I agree" }).ClickAsync());
        using var zip = ZipFile.OpenRead(await first.PathAsync());
        Assert.Contains(zip.Entries, entry => entry.Name == "dpo_target.jsonl");
        await Expect(page.GetByText("Ann", new() { Exact = true })).ToBeVisibleAsync();

        await page.RunAndWaitForDownloadAsync(() => download.ClickAsync());   // nobody is asked twice
        var log = traced.Store.DatasetAccess.Log(traced.Run);
        Assert.Equal(2, log.Count);
        Assert.All(log, entry => Assert.Equal(("Ann", "trl", "page"), (entry.Person, entry.Format, entry.Way)));
    }

    [SkippableFact]
    public async Task What_is_chosen_stands_in_the_address_and_a_late_label_makes_a_version_beside_the_first()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await TracedHost.StartAsync(traced);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}runs/{traced.Run}/datasets");
        await page.Locator(".files").WaitForAsync();

        await page.GetByLabel("Rounds").SelectOptionAsync("1");
        await page.GetByLabel("Format").SelectOptionAsync("kto");
        await page.GetByLabel("only what people have confirmed").CheckAsync();
        await Expect(page).ToHaveURLAsync($"{host.Address}runs/{traced.Run}/datasets?round=1&format=kto&only_confirmed=true");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Format")).ToHaveValueAsync("kto");
        await Expect(page.GetByLabel("only what people have confirmed")).ToBeCheckedAsync();

        Labeller.This(traced.Store, traced.Run, round: 1, seed: 0, prompt: 2, new LabelAnswers { Safety = SafetyLabel.Safe });
        SEAS.Training.Runs.Stages.FreezeStage.Refresh(traced.Store, traced.Run, 1, CancellationToken.None);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "v1" }).First.WaitForAsync();
        await page.GetByText("What is different from version 1").ClickAsync();
        await Expect(page.GetByText("labels.jsonl")).Not.ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_file_is_sent_looked_at_mapped_and_taken_in()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await TracedHost.StartAsync(traced);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}datasets/import");

        await ChooseAsync(page, "rows.jsonl", Rows);
        await page.GetByLabel("Our type for Fraud").SelectOptionAsync("Crimes_And_Illegal_Activities");
        await page.GetByLabel("Name of the set").FillAsync("newspaper");
        await page.GetByLabel("Where it comes from").FillAsync("a newspaper");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take in 3 rows" })).ToBeDisabledAsync();
        await page.GetByLabel("Licence").FillAsync("MIT");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take in 3 rows" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("newspaper");

        Assert.Equal("MIT", traced.Store.Sets.Find("newspaper")!.Licence);
        Assert.Equal(
            2, traced.Store.Sets.Rows("newspaper", type: "Crimes_And_Illegal_Activities").Count);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this set" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Datasets");
        Assert.Null(traced.Store.Sets.Find("newspaper"));
    }

    [SkippableFact]
    public async Task Rows_that_cannot_be_read_are_listed_and_a_file_that_is_none_is_refused_with_the_reason()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await TracedHost.StartAsync(traced);
        var page = await Look.All[0].OpenAsync(chromium.Instance, $"{host.Address}datasets/import?as=seeds");

        await ChooseAsync(page, "rows.jsonl", Rows + "\n{\"prompt\": 17, \"category\": \"Fraud\"}\n");
        await Expect(page.GetByText("Rows with problems")).ToBeVisibleAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Save all 1 as a file").ClickAsync());
        Assert.Single(await File.ReadAllLinesAsync(await saved.PathAsync()));
        await page.GetByLabel("take the good rows alone").CheckAsync();
        await Expect(page.GetByText("Say what the set may be used for")).ToBeVisibleAsync();

        await ChooseAsync(page, "picture.bin", "\0\0\0");
        await Expect(page.GetByText("This file cannot be taken in like this")).ToBeVisibleAsync();
        Assert.Empty(traced.Store.Sets.List());
    }

    private void Seeds(string name)
    {
        var path = Path.Combine(traced.Store.Folder, $"{name}.jsonl");
        File.WriteAllText(path, Rows);
        traced.Store.Sets.Import.Apply(new SetRequest(path, DatasetPurpose.Seeds) { Licence = "MIT", Source = "a newspaper" });
    }

    private static async Task ChooseAsync(IPage page, string name, string text)
    {
        var field = page.Locator("input[type=file]");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(
            new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(text) });
    }
}
