using Microsoft.Playwright;
using SEAS.Tests.Support;
using SEAS.Web.Commands;

namespace SEAS.Tests.Browser;

/// <summary>The four ways a page is looked at: desk and phone, dark and light.</summary>
internal sealed record Look(string Name, int Width, int Height, ColorScheme Scheme)
{
    public static IReadOnlyList<Look> All { get; } = [
        new("desk-dark", 1400, 900, ColorScheme.Dark), new("desk-light", 1400, 900, ColorScheme.Light),
        new("phone-dark", 390, 844, ColorScheme.Dark), new("phone-light", 390, 844, ColorScheme.Light),
    ];

    /// <summary>Where pictures are left for people to look at; ignored by git.</summary>
    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults", "screenshots")).FullName;

    public async Task<IPage> OpenAsync(IBrowser browser, string address)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = Width, Height = Height }, ColorScheme = Scheme, DeviceScaleFactor = 1,
        });
        context.SetDefaultTimeout(120_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    public Task PictureAsync(IPage page, string name, bool whole = true) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{Name}.png"), FullPage = whole });
}
