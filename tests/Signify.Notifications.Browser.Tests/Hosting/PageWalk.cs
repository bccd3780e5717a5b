using Microsoft.Playwright;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>Looks at every page, with axe and with a ruler.</summary>
internal static class PageWalk
{
    private static readonly string[] Pages =
    [
        "/gear/ruleset/notifications",
        "/gear/ruleset/notifications?use=service-principal-missing",
        "/gear/ruleset/notifications/guide",
        "/gear/ruleset/notifications/repair",
        "/gear/ruleset/notifications/history",
        "/gear/access/users",
        "/gear/access/apikeys",
        "/gear/rulesets",
        "/gear/rulesets/new",
        "/gear/ruleset/name",
        "/gear/system/auditlog",
        "/gear/ruleset/retention",
        "/gear/ruleset/alerts",
        "/overview",
        "/overview/hold",
        "/overview/resume",
        "/mailings",
        "/mailings/{payslips}",
        "/mailings/{welcome}",
        "/mailings/{payslips}/cancel",
        "/mailings/new",
        "/activity",
        "/activity?state=failed",
        "/activity?to=nobody",
        "/activity/{failed}",
        "/activity/{doubt}",
        "/activity/{sent}",
        "/account/profile",
        "/account/profile/sessions",
        "/account/profile/secondstep",
        "/account/profile/passkeys",
        "/account/confirm",
        "/sandbox",
        "/sandbox/faults",
        "/no-such-page",
    ];

    public static async Task OfSignedInAsync(SeededProgram shared, IReadOnlyList<Look> looks)
    {
        await using var ada = await shared.SignedInAsync();
        await ada.SaveStateAsync("service-principal-missing");
        // The structure is that of the light page, which is looked at in the same widths.
        await WalkAsync(ada, Pages.Select(shared.Fill), looks, darkColoursOnly: true);
    }

    public static async Task OfStrangerAsync(SeededProgram shared, IReadOnlyList<Look> looks)
    {
        await using var stranger = await Person.WithAsync(shared.Chromium, shared.Program);
        await WalkAsync(stranger, ["/account/signin", "/setup#token=used", "/gear/ruleset/notifications"], looks, darkColoursOnly: false);
    }

    private static async Task WalkAsync(Person person, IEnumerable<string> addresses, IReadOnlyList<Look> looks, bool darkColoursOnly)
    {
        var faults = new List<string>();
        foreach (var address in addresses)
        {
            await person.Page.GotoAsync(address);
            await TakeAsync(person.Page, address, looks);
            // Nothing runs in a message's frame, axe as little as the message. Its name and its sandbox are looked at here.
            if (await person.Page.Locator("iframe:not([title][sandbox=''])").CountAsync() > 0)
            {
                faults.Add($"{address}: a frame without a name or a sandbox");
            }

            await person.Page.EvaluateAsync("for (const frame of document.querySelectorAll('iframe')) frame.remove()");
            foreach (var look in looks)
            {
                await person.Page.ShowAsync(look);
                faults.AddRange(await LookAsync(person.Page, address, look, coloursOnly: look.Dark && darkColoursOnly));
            }
        }

        Assert.Empty(faults);
    }

    private static async Task TakeAsync(IPage page, string address, IReadOnlyList<Look> looks)
    {
        var name = address.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-');
        foreach (var look in looks)
        {
            await page.ShowAsync(look);
            await page.TakeAsync($"{name}-{(look.Dark ? "dark" : "light")}-{look.Width}");
        }
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, string address, Look look, bool coloursOnly)
    {
        var violations = await page.ViolationsAsync(coloursOnly);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return violations
            .Select(v => $"{address} ({look}): {v}")
            .Concat(overflow > 0 ? [$"{address} ({look}): {overflow} pixels too wide"] : Array.Empty<string>());
    }

    private static async Task ShowAsync(this IPage page, Look look)
    {
        await page.SetViewportSizeAsync(look.Width, new PersonOptions().Height);
        await page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light });
    }
}

/// <param name="Width">In CSS pixels.</param>
internal sealed record Look(int Width, bool Dark = false);
