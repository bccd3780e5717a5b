using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>A list with bad rows, duplicates and two columns of addresses, as a user corrects and reviews it.</summary>
public sealed class RejectedRowsTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    private const string List = """
        Display Name,UserPrincipalName,PrimarySmtpAddress,Department
        Anna Berg,anna@contoso.onmicrosoft.com,anna@contoso.com,Human Resources
        Ben Cole,ben@contoso.onmicrosoft.com,ben@contoso,IT
        Carla Diaz,carla@contoso.onmicrosoft.com,carla@contoso.com;c.diaz@contoso.com,Sales and Marketing in Northern Europe
        Dora Ek,dora@contoso.onmicrosoft.com,,Finance
        Anna B.,anna.b@contoso.onmicrosoft.com,ANNA@contoso.com,Human Resources
        Eva Falk,eva@contoso.onmicrosoft.com,eva@contoso.com,IT
        """;

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task A_list_with_bad_rows_is_reviewed_downloaded_and_sent(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        var (page, look) = (ada.Page, $"{(dark ? "dark" : "light")}-{width}");
        await page.GotoAsync("/mailings/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Rejected rows");
        await page.GetByLabel("Subject").FillAsync("Hello");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Hello");
        await page.GetByLabel("Or paste them").FillAsync(List);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Expect(page.Locator("#errors")).ToContainTextAsync("Several columns hold addresses: UserPrincipalName, PrimarySmtpAddress.");
        await page.TakeAsync($"address-column-{look}");
        Assert.Empty(await page.ViolationsAsync());
        await page.GetByLabel("Send to the addresses in").SelectOptionAsync("PrimarySmtpAddress");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Expect(page.Locator("#bad-title")).ToHaveTextAsync("3 lines cannot be sent to");
        await Expect(page.Locator("td.fault").First).ToContainTextAsync("ben@contoso");
        await Expect(page.Locator("#duplicates-title")).ToHaveTextAsync("1 duplicate skipped");
        await page.TakeAsync($"rejected-rows-{look}");
        Assert.Empty(await page.ViolationsAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));

        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" }).ClickAsync());
        Assert.Equal("rejected-rows.csv", download.SuggestedFilename);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to duplicates too" }).ClickAsync();
        await Expect(page.Locator("#send-title")).ToHaveTextAsync("Send to 3 recipients");
        await page.GetByLabel("Leave out 3 lines").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to 3" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rejected rows");
    }
}
