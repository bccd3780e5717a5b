using Microsoft.Playwright;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>One headless Chromium of the system for all tests; each test has a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // Debian's Chromium without a window of its own, which costs a third of the time, or with one where the machine has that.
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync() => await Cleanup.OnFailureAsync(this, StartAsync);

    private async Task StartAsync()
    {
        // A busy machine may take more than the default five seconds for a page.
        Assertions.SetDefaultExpectTimeout(TestTimeouts.BrowserMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists) ?? Places[^1],
            Args = Flags,
            Env = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .ToDictionary(v => (string)v.Key, v => (string)v.Value!)
                .Concat([new("FONTCONFIG_FILE", Path.Combine(AppContext.BaseDirectory, "Hosting", "fonts.conf"))]),
            Headless = true,
            Timeout = TestTimeouts.BrowserMilliseconds,
        });
    }

    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        (_browser ?? throw new InvalidOperationException("Chromium is not running.")).NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
