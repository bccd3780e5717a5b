using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The pages of a second ruleset with the mailbox of the first.</summary>
public sealed class SharedMailboxPagesTests(SharedMailboxProgram shared) : IClassFixture<SharedMailboxProgram>
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 390)]
    public async Task A_shared_mailbox_is_shown_at_Save_and_on_the_overview(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        var look = $"{(dark ? "dark" : "light")}-{width}";
        await ada.Page.GotoAsync($"/overview?ruleset={shared.Payroll}");

        await ada.SaveStateAsync("all-granted");
        await Expect(ada.Page.Locator("#check")).ToContainTextAsync("Another ruleset of this installation sends from this mailbox");
        await LookAsync(ada.Page, $"shared-settings-{look}");
        await ada.Page.GotoAsync($"/overview?ruleset={shared.Payroll}");

        await Expect(ada.Page.Locator("#numbers")).ToContainTextAsync("recipients in 24 h by all rulesets that send from this mailbox, of 10,000");
        await Expect(ada.Page.Locator("#numbers")).ToContainTextAsync("3,204");
        await LookAsync(ada.Page, $"shared-overview-{look}");
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await page.TakeAsync(name);
        var violations = await page.ViolationsAsync();
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Empty(violations.Select(v => $"{name}: {v}"));
        Assert.Equal(0, overflow);
    }
}
