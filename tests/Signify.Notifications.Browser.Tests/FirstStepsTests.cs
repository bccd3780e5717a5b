using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The steps of README's "Try it in two minutes" by the names that it uses: set-up link, sandbox, Save, test message, mailing.</summary>
public sealed class FirstStepsTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task From_the_set_up_link_to_a_green_check_and_a_message_that_arrives()
    {
        await using var program = await RunningProgram.StartAsync();
        await using var ada = await Person.WithAsync(chromium, program);
        var page = ada.Page;

        await ada.SetUpAsync(program);
        await page.GetByRole(AriaRole.Link, new() { Name = "Gear" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sandbox", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Use these values: Everything granted" }).ClickAsync();
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

        await page.GetByRole(AriaRole.Link, new() { Name = "Mailings" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New mailing" }).First.ClickAsync();
        await page.Locator("#Recipients").FillAsync("anna@contoso.com\nben@contoso.com");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Hello");
        await page.GetByLabel("Subject").FillAsync("Hello");
        await page.Locator("#Text").FillAsync("Hello");
        await page.Locator("#new-mailing button.primary").ClickAsync();
        await page.Locator("#send .primary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Hello");
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
