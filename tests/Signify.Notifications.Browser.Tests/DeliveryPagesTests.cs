using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The pages of delivery with a person before them: writing a mailing, questions in dialogs, and what others do seen as it happens.</summary>
public sealed class DeliveryPagesTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task A_mailing_is_written_looked_at_and_handed_in(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        var (page, look) = (ada.Page, $"{(dark ? "dark" : "light")}-{width}");
        await page.GotoAsync("/mailings/new");
        await page.GetByLabel("Or paste them").FillAsync("Email\tFirst name\nanna@contoso.com\tAnna\nnobody\tBad\nben@contoso.com\tBen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.Locator("#errors")).ToBeFocusedAsync();
        await page.TakeAsync($"new-mailing-errors-{look}");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("December payslips");
        await page.GetByLabel("Subject").FillAsync("Your payslip, ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Insert {{first_name}}" }).ClickAsync();
        await Expect(page.GetByLabel("Subject")).ToHaveValueAsync("Your payslip, {{first_name}}");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Dear {{first_name}},\n\nyour payslip is ready.\n\nHR");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Expect(page.Locator("#message-subject")).ToHaveTextAsync("Your payslip, Anna");
        await page.TakeAsync($"new-mailing-check-{look}", forReadme: !dark);
        Assert.Empty(await page.ViolationsAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(page.Locator("#message-subject")).ToHaveTextAsync("Your payslip, Ben");
        await page.GetByLabel("Leave out 1 line").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to 2" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("December payslips");
        Assert.DoesNotContain(ada.Complaints, c => !c.Contains("422", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hold_asks_in_a_dialog_and_another_window_sees_it_at_once()
    {
        await using var ada = await shared.SignedInAsync();
        await using var ben = await shared.SignedInAsync();
        await ben.Page.GotoAsync("/overview");
        await ada.Page.GotoAsync("/overview");

        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Hold sending" }).ClickAsync();
        var dialog = ada.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Link, new() { Name = "Back" })).ToBeFocusedAsync();
        await ada.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", "overview-hold-dialog.png") });
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Hold sending" })).ToBeFocusedAsync();

        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Hold sending" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Hold sending" }).ClickAsync();

        await Expect(ben.Page.Locator("#status-line")).ToContainTextAsync($"Held by {Accounts.AdminEmail}");
        await ben.Page.TakeAsync("overview-held");

        await ben.Page.GetByRole(AriaRole.Button, new() { Name = "Resume sending" }).ClickAsync();
        await Expect(ada.Page.Locator("#status-line")).ToContainTextAsync("Sending over SMTP");
        Assert.Empty(ada.Complaints);
    }
}
