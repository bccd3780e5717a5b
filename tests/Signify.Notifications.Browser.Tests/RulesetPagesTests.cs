using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>A person with several rulesets, in one tab and in two.</summary>
public sealed class RulesetPagesTests(ManyRulesetsProgram shared) : IClassFixture<ManyRulesetsProgram>
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 400)]
    [InlineData(true, 400)]
    [InlineData(false, 360)]
    public async Task The_pages_of_rulesets_are_good_to_look_at_and_violate_no_rule(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        var (page, look) = (ada.Page, $"{(dark ? "dark" : "light")}-{width}");
        foreach (var (address, name) in ((string, string)[])[("/gear/rulesets", "list"), ("/gear/rulesets?search=nothing+of+it", "none"), ("/gear/rulesets/new", "new"), ("/gear/ruleset/name", "name"), ("/gear/access/apikeys", "keys")])
        {
            await page.GotoAsync(address);
            await LookAsync(page, $"rulesets-{name}-{look}");
        }

        await page.GotoAsync("/gear/rulesets/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("fabrikam");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the ruleset" }).ClickAsync();
        await Expect(page.GetByText("A ruleset of this name is there already")).ToBeVisibleAsync();
        await LookAsync(page, $"rulesets-taken-{look}");

        await page.GotoAsync("/overview");
        await page.Locator(".ruleset-switch > summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Gemeinschaftsunternehmen" }).ClickAsync();
        await Expect(page.Locator(".ruleset-switch .name")).ToHaveTextAsync(ManyRulesetsProgram.Longest);
        await page.Locator(".ruleset-switch > summary").ClickAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"rulesets-switch-{look}.png") });
        await LookAsync(page, $"rulesets-switch-full-{look}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_ruleset_is_opened_by_keyboard_with_scripts_and_without(bool scripts)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { JavaScript = scripts });
        await ada.Page.GotoAsync("/mailings");
        await ada.Page.Locator(".ruleset-switch > summary").FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.GetByRole(AriaRole.Navigation, new() { Name = "Rulesets" })).ToBeVisibleAsync();
        if (scripts)
        {
            await ada.Page.Keyboard.PressAsync("Escape");
            await Expect(ada.Page.Locator(".ruleset-switch > summary")).ToBeFocusedAsync();
            await Expect(ada.Page.GetByRole(AriaRole.Navigation, new() { Name = "Rulesets" })).ToBeHiddenAsync();
            await ada.Page.Keyboard.PressAsync("Enter");
        }

        await ada.Page.Keyboard.PressAsync("Tab");
        await ada.Page.Keyboard.PressAsync("Tab");
        await Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Alpine Ski House" })).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("Enter");

        await Expect(ada.Page.Locator(".ruleset-switch .name")).ToHaveTextAsync("Alpine Ski House");
        await Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Mailings");
        await ada.Page.Locator(".ruleset-switch > summary").ClickAsync();
        await ada.Page.GetByPlaceholder("Find a ruleset").FillAsync("bank");
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Woodgrove Bank", Exact = true }).ClickAsync();
        await Expect(ada.Page.Locator(".ruleset-switch .name")).ToHaveTextAsync("Woodgrove Bank");
    }

    [Fact]
    public async Task Two_tabs_keep_to_their_rulesets_while_things_happen_in_both()
    {
        await using var ada = await shared.SignedInAsync();
        var (contoso, fabrikam) = (ada.Page, await ada.Page.Context.NewPageAsync());
        await contoso.GotoAsync("/overview?ruleset=00000000-0000-0000-0000-000000000001");
        await fabrikam.GotoAsync($"/overview?ruleset={shared.Fabrikam}");
        await Expect(fabrikam.GetByText("Fabrikam's news")).ToBeVisibleAsync();

        // The tab that was opened first asks its question, and the other one was opened since.
        await contoso.GetByRole(AriaRole.Link, new() { Name = "Hold sending" }).ClickAsync();
        await contoso.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Hold sending" }).ClickAsync();
        await Expect(contoso.Locator("#held")).ToContainTextAsync("Sending is held");
        await Expect(contoso.Locator(".ruleset-switch .name")).ToHaveTextAsync("Default");

        // What a script fetches while it follows events is of the page's own ruleset.
        await fabrikam.GetByRole(AriaRole.Button, new() { Name = "Pause Fabrikam's news" }).ClickAsync();
        await Expect(fabrikam.GetByRole(AriaRole.Button, new() { Name = "Resume Fabrikam's news" })).ToBeVisibleAsync();
        await Expect(fabrikam.Locator("#held")).Not.ToContainTextAsync("Sending is held");
        await contoso.GetByRole(AriaRole.Button, new() { Name = "Resume sending" }).ClickAsync();
        await Expect(contoso.Locator("#held")).Not.ToContainTextAsync("Sending is held");
        await Expect(contoso.Locator("#mailings")).Not.ToContainTextAsync("Fabrikam");
        await Expect(contoso.Locator("#mailings")).ToContainTextAsync("November payslips");
        Assert.Empty(ada.Complaints);
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
