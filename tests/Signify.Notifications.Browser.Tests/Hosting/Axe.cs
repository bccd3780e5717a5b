using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>The rules of axe in the page itself. The package's own call opens another page for every look, which takes longer than the look.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What violates WCAG 2.2 AA or good practice, with the elements that do; a frame's content is not looked into.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page)
    {
        await page.EvaluateAsync(Script);
        var found = await page.EvaluateAsync<JsonElement>("axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(r => ({ passed: r.passes.length, violations: r.violations }))");
        Assert.True(found.GetProperty("passed").GetInt32() > 10, "axe looked at next to nothing.");
        return [.. found.GetProperty("violations").EnumerateArray().Select(v =>
            $"{v.GetProperty("id")}: {v.GetProperty("help")}: {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("html")))}")];
    }
}
