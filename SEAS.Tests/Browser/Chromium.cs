using Microsoft.Playwright;
using SEAS.Web.Commands;

namespace SEAS.Tests.Browser;

/// <summary>One headless Chromium for all browser tests; tests are skipped where it is not installed.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] s_arguments = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static bool IsInstalled => File.Exists(Program);

    public IBrowser Instance => _browser ?? throw new InvalidOperationException("Skip the test first: Chromium is not installed.");

    public async Task InitializeAsync()
    {
        if (IsInstalled)
        {
            // A test machine may be busy, with training above all: slow is not wrong.
            Assertions.SetDefaultExpectTimeout(60_000);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = s_arguments });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>Browser tests share one browser and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>
{
    public const string Name = "Chromium";
}
