using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The QR code of the authenticator key, read from a screenshot as a phone's camera reads it from the screen.</summary>
public sealed partial class QrCodeTests(SharedProgram shared) : IClassFixture<SharedProgram>
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(true, 390)]
    public async Task A_camera_reads_the_key_in_light_and_dark(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        var page = ada.Page;
        await page.GotoAsync("/account/profile/secondstep");
        if (await page.Locator("#start").CountAsync() > 0)
        {
            await page.Locator("#start button").ClickAsync();
        }

        await page.Locator("svg.qr").WaitForAsync();
        await page.TakeAsync($"qr-{(dark ? "dark" : "light")}-{width}");
        var picture = Path.Combine(Path.GetTempPath(), $"signify-qr-{Guid.NewGuid():N}.png");
        try
        {
            await page.Locator("svg.qr").ScreenshotAsync(new LocatorScreenshotOptions { Path = picture });

            var key = Spaces().Replace(await page.Locator("#key").InnerTextAsync(), "").ToUpperInvariant();
            Assert.Contains($"secret={key}", await ReadAsync(picture), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            File.Delete(picture);
        }
    }

    private static async Task<string> ReadAsync(string picture)
    {
        var start = new ProcessStartInfo("zbarimg") { ArgumentList = { "--raw", "--quiet", "--nodbus", picture }, RedirectStandardOutput = true, RedirectStandardError = true };
        using var reader = Process.Start(start)!;
        var text = await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await reader.WaitForExitAsync(TestContext.Current.CancellationToken);
        return text;
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex Spaces();
}
