using System.Globalization;
using Microsoft.Playwright;
using SEAS.Web.Commands;

namespace SEAS.Tests.Browser.Review;

/// <summary>What every review test does on a page.</summary>
internal static class ReviewPage
{
    /// <summary>Says who labels, and waits until an item is in hand and keys are heard.</summary>
    public static async Task BeginAsync(this IPage page, string name)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await page.ListensAsync();
    }

    /// <summary>Waits until an item is in hand and keys are heard.</summary>
    public static async Task ListensAsync(this IPage page)
    {
        await page.Locator("[data-item]").WaitForAsync();
        await page.Locator("[data-listens=true]").WaitForAsync();
    }

    /// <summary>The item on the screen; 0 if none.</summary>
    public static async Task<long> ItemAsync(this IPage page)
    {
        var item = page.Locator("[data-item]");
        return await item.CountAsync() == 0 ? 0 : long.Parse((await item.GetAttributeAsync("data-item"))!, CultureInfo.InvariantCulture);
    }

    /// <summary>Presses a key that decides, and waits for the next item or the end.</summary>
    /// <returns>The item that was decided.</returns>
    public static async Task<long> DecideAsync(this IPage page, string key)
    {
        var item = await page.ItemAsync();
        await page.Keyboard.PressAsync(key);
        await page.Locator($"[data-item='{item}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        return item;
    }
}
