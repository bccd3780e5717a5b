using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The whole path of a newcomer: the set-up link, the sandbox's values, Save, a green check, a test message that arrives.</summary>
public sealed class FirstStepsTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task From_the_set_up_link_to_a_green_check_and_a_message_that_arrives()
    {
        await using var program = await RunningProgram.StartAsync();
        await using var ada = await Person.WithAsync(chromium, program);
        var page = ada.Page;

        await ada.SetUpAsync(program);
        await page.GotoAsync("/sandbox");
        await page.Locator("a[href='/gear/ruleset/notifications?use=all-granted']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(page.Locator("#check")).ToHaveAttributeAsync("data-state", "passed");
        await Expect(page.Locator("#status-line")).ToContainTextAsync("Sending with revision 1");
        await Expect(page.Locator("[data-step=sign-in]")).ToHaveAttributeAsync("data-state", "passed");
        await page.TakeAsync("settings-passed", forReadme: true);

        await page.GetByText("Send test message to …").ClickAsync();
        await page.GetByLabel("Send a test message to").FillAsync("anna@contoso.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.Locator("#test-result")).ToContainTextAsync("anna@contoso.com");

        await page.GotoAsync("/sandbox");
        await page.GetByRole(AriaRole.Link, new() { Name = "Test message from Signify Notifications" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Test message");
        await page.TakeAsync("sandbox-message");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task Without_JavaScript_the_same_path_works()
    {
        await using var program = await RunningProgram.StartAsync();
        await using var ada = await Person.WithAsync(chromium, program, new PersonOptions { JavaScript = false });

        await ada.SetUpAsync(program);
        await ada.SaveStateAsync("all-granted");
        await Expect(ada.Page.Locator("#check")).ToHaveAttributeAsync("data-state", "passed");

        await ada.SaveStateAsync("secret-wrong");
        await Expect(ada.Page.Locator("#check")).ToHaveAttributeAsync("data-state", "failed");
        await Expect(ada.Page.Locator("#status-line")).ToContainTextAsync("Sending with revision 1");
        await Expect(ada.Page.GetByLabel("Client Secret", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
    }
}
