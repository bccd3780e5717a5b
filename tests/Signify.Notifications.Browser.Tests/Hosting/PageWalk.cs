
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
        "/sandbox",
        "/sandbox/faults",
        "/no-such-page",
    ];

    public static async Task OfSignedInAsync(SeededProgram shared, bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        await ada.SaveStateAsync("service-principal-missing");
        // The structure is that of the light page, which is looked at in the same widths.
        await WalkAsync(ada, Pages.Select(shared.Fill), dark, width, coloursOnly: dark);
    }

    public static async Task OfStrangerAsync(SeededProgram shared, bool dark, int width)
    {
        await using var stranger = await Person.WithAsync(shared.Chromium, shared.Program, new PersonOptions { Dark = dark, Width = width });
        await WalkAsync(stranger, ["/account/signin", "/setup?token=used", "/gear/ruleset/notifications"], dark, width, coloursOnly: false);
    }

    private static async Task WalkAsync(Person person, IEnumerable<string> addresses, bool dark, int width, bool coloursOnly)
    {
        var faults = new List<string>();
        foreach (var address in addresses)
        {
            await person.Page.GotoAsync(address);
            faults.AddRange(await LookAsync(person, address, dark, width, coloursOnly));
        }

        Assert.Empty(faults);
    }

    private static async Task<IEnumerable<string>> LookAsync(Person person, string address, bool dark, int width, bool coloursOnly)
    {
        var name = address.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-');
        await person.Page.TakeAsync($"{name}-{(dark ? "dark" : "light")}-{width}");
        // Nothing runs in a message's frame, axe as little as the message. Its name and its sandbox are looked at here.
        var frames = await person.Page.Locator("iframe:not([title][sandbox=''])").CountAsync();
        await person.Page.EvaluateAsync("for (const frame of document.querySelectorAll('iframe')) frame.remove()");
        var violations = await person.Page.ViolationsAsync(coloursOnly);
        var overflow = await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return violations
            .Select(v => $"{address} ({(dark ? "dark" : "light")}, {width}): {v}")
            .Concat(frames > 0 ? [$"{address}: a frame without a name or a sandbox"] : Array.Empty<string>())
            .Concat(overflow > 0 ? [$"{address} ({width}): {overflow} pixels too wide"] : Array.Empty<string>());
    }
}
