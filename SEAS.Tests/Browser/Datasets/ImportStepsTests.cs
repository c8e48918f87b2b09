using System.Text;
using Microsoft.Playwright;
using SEAS.Data.Contracts;
using SEAS.Tests.Browser.Review;
using SEAS.Tests.Web;
using SEAS.Web.Commands;
using static Microsoft.Playwright.Assertions;

namespace SEAS.Tests.Browser.Datasets;

/// <summary>Each step of taking a file in, read by axe.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ImportStepsTests(Chromium chromium)
{
    private const string Good = """
        {"prompt": "How is a bank robbed?", "category": "Crimes_And_Illegal_Activities"}
        {"prompt": "How is a ticket forged?", "category": "Fraud"}
        """;

    [SkippableFact]
    public async Task Axe_finds_nothing_in_any_step_in_any_look()
    {
        Skip.IfNot(Chromium.IsInstalled, "Chromium is not installed.");
        await using var host = await DashboardHost.StartScriptedAsync();
        var found = new List<string>();
        foreach (var look in Look.All)
        {
            var page = await look.OpenAsync(chromium.Instance, $"{host.Address}datasets/import?as=seeds");

            await ChooseAsync(page, "rows.jsonl", Good);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "4. Take it in" })).ToBeVisibleAsync();
            await page.GetByText("Columns:").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Show the rows" }).ClickAsync();
            await Expect(page.Locator(".rows.blurred")).ToHaveCountAsync(0);
            await ReadAsync("contents, types, taking");

            await page.GetByLabel("Name of the set").FillAsync("newspaper");
            await page.GetByLabel("Where it comes from").FillAsync("a newspaper");
            await page.GetByLabel("Licence").FillAsync("MIT");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take in 2 rows" })).ToBeEnabledAsync();
            await ReadAsync("ready");

            await ChooseAsync(page, "rows.jsonl", Good + "\n{\"prompt\": 17, \"category\": \"Fraud\"}\n");
            await Expect(page.GetByText("Rows with problems")).ToBeVisibleAsync();
            await ReadAsync("problems");

            await ChooseAsync(page, "picture.bin", "\0\0\0");
            await Expect(page.GetByText("This file cannot be taken in like this")).ToBeVisibleAsync();
            await ReadAsync("refused");
            await page.Context.CloseAsync();

            async Task ReadAsync(string step)
            {
                found.AddRange(await Axe.ViolationsAsync(page, $"{step}, {look.Name}"));
                await look.PictureAsync(page, $"datasets-import-{step.Split(',')[0]}");
                await ReviewLookTests.AssertFitsAsync(page, look);
            }
        }

        Assert.Empty(found);
    }

    private static async Task ChooseAsync(IPage page, string name, string text)
    {
        var field = page.Locator("input[type=file]");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(
            new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(text) });
    }
}
