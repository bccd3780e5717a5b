using Deque.AxeCore.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>Every page: no violation of WCAG 2.2 AA that axe can find, in light and dark, and nothing wider than the screen.</summary>
public sealed class AccessibilityTests(SeededProgram shared) : IClassFixture<SeededProgram>
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
        "/gear/system/auditlog",
        "/gear/ruleset/retention",
        "/gear/ruleset/alerts",
        "/overview",
        "/overview/hold",
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
        "/no-such-page",
    ];

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    [InlineData(true, 360)]
    [InlineData(false, 1920)]
    public async Task No_page_of_a_signed_in_person_violates_a_rule(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        await ada.SaveStateAsync("service-principal-missing");
        var faults = new List<string>();
        foreach (var address in Pages.Select(shared.Fill))
        {
            await ada.Page.GotoAsync(address);
            faults.AddRange(await LookAsync(ada, address, dark, width));
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task No_page_of_a_stranger_violates_a_rule(bool dark, int width)
    {
        await using var stranger = await Person.WithAsync(shared.Chromium, shared.Program, new PersonOptions { Dark = dark, Width = width });
        var faults = new List<string>();
        foreach (var address in new[] { "/account/signin", "/setup?token=used", "/gear/ruleset/notifications" })
        {
            await stranger.Page.GotoAsync(address);
            faults.AddRange(await LookAsync(stranger, address, dark, width));
        }

        Assert.Empty(faults);
    }

    private static async Task<IEnumerable<string>> LookAsync(Person person, string address, bool dark, int width)
    {
        var name = address.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-');
        await person.Page.TakeAsync($"{name}-{(dark ? "dark" : "light")}-{width}");
        // Nothing runs in a message's frame, axe as little as the message. Its name and its sandbox are looked at here.
        var frames = await person.Page.Locator("iframe:not([title][sandbox=''])").CountAsync();
        await person.Page.EvaluateAsync("for (const frame of document.querySelectorAll('iframe')) frame.remove()");
        var axe = await person.Page.RunAxe();
        var overflow = await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return axe.Violations
            .Select(v => $"{address} ({(dark ? "dark" : "light")}, {width}): {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")
            .Concat(frames > 0 ? [$"{address}: a frame without a name or a sandbox"] : Array.Empty<string>())
            .Concat(overflow > 0 ? [$"{address} ({width}): {overflow} pixels too wide"] : Array.Empty<string>());
    }
}
