using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The first administrator of an installation that requires two-factor authentication, as outside Development and Test.</summary>
public sealed class FirstFactorTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task The_set_up_link_leads_to_a_second_factor_first(int width, bool scripts)
    {
        await using var program = await RunningProgram.StartAsync(("Rulesets__RequireTwoFactor", "true"));
        await using var ada = await Person.WithAsync(chromium, program, new PersonOptions { Width = width, JavaScript = scripts });
        var page = ada.Page;

        await ada.SetUpAsync(program);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Two-factor authentication required" })).ToBeVisibleAsync();
        await page.TakeAsync($"first-factor-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Set up an authenticator app" }).ClickAsync();

        await Expect(page.Locator("#start button")).ToBeVisibleAsync();
        await page.TakeAsync($"first-factor-start-{width}");
    }
}
