using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>The rules of axe in the page itself. The package's own call opens another page for every look, which takes longer than the look.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What violates WCAG 2.2 AA or good practice, with the elements that do; a frame's content is not looked into.</summary>
    /// <param name="coloursOnly">Only the rules of AA that a theme can break, for a page that was looked at in the other one.</param>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page, bool coloursOnly = false)
    {
        // Once for each document.
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        var found = await page.EvaluateAsync<JsonElement>(
            """
            coloursOnly => axe
              .run(document, { iframes: false, resultTypes: ['violations'], ...(coloursOnly ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } } : {}) })
              .then(r => ({ elements: r.passes.reduce((sum, rule) => sum + rule.nodes.length, 0), violations: r.violations }))
            """,
            coloursOnly);
        Assert.True(found.GetProperty("elements").GetInt32() > 0, "axe looked at nothing.");
        return [.. found.GetProperty("violations").EnumerateArray().Select(v =>
            $"{v.GetProperty("id")}: {v.GetProperty("help")}: {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("html")))}")];
    }
}
