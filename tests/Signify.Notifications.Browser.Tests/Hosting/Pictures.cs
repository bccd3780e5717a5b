using Microsoft.Playwright;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>Screenshots: into artifacts/screenshots to look at, except where CI=true and nobody looks; and those of the README into docs/images when SCREENSHOTS=1.</summary>
internal static class Pictures
{
    public static async Task TakeAsync(this IPage page, string name, bool forReadme = false)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "screenshots")).FullName;
        var usual = page.ViewportSize!;
        // As tall as the page: what sticks to the lower edge of the screen would else stand in its middle.
        await page.SetViewportSizeAsync(usual.Width, Math.Max(usual.Height, await page.EvaluateAsync<int>("document.documentElement.scrollHeight")));
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(folder, $"{name}.png") });
        await page.SetViewportSizeAsync(usual.Width, usual.Height);
        if (forReadme && Environment.GetEnvironmentVariable("SCREENSHOTS") == "1")
        {
            await File.WriteAllBytesAsync(Path.Combine(Repository.Root, "docs", "images", $"{name}.png"), picture);
        }
    }
}
