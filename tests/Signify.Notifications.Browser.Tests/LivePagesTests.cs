using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>What a page shows stays true while it is open: after a check, and while the server is away.</summary>
public sealed class LivePagesTests(SharedProgram shared) : IClassFixture<SharedProgram>
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 390)]
    public async Task A_page_that_lost_its_stream_says_so_until_it_is_back(bool dark, int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width });
        var (page, banner) = (ada.Page, ada.Page.Locator("#connection"));
        await page.GotoAsync("/overview");
        await Expect(banner).ToBeHiddenAsync();

        await page.RouteAsync("**/api/v1/events*", route => route.AbortAsync("connectionrefused"));
        await page.ReloadAsync();
        await Expect(banner).ToContainTextAsync("Connection lost");
        await page.TakeAsync($"connection-lost-{(dark ? "dark" : "light")}-{width}");
        Assert.Empty(await page.ViolationsAsync());

        await page.UnrouteAllAsync();
        await Expect(banner).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_stream_that_is_refused_for_a_while_is_opened_again()
    {
        await using var ada = await shared.SignedInAsync();
        var (page, banner) = (ada.Page, ada.Page.Locator("#connection"));
        await page.RouteAsync("**/api/v1/events*", route => route.FulfillAsync(new RouteFulfillOptions { Status = 502 }));
        await page.GotoAsync("/overview");
        await Expect(banner).ToContainTextAsync("Connection lost");

        await page.UnrouteAllAsync();

        await Expect(banner).ToBeHiddenAsync();
    }

    [Fact]
    public async Task After_a_second_save_the_test_message_goes_with_the_settings_in_use()
    {
        await using var ada = await shared.SignedInAsync();
        var page = ada.Page;
        await ada.SaveStateAsync("all-granted");
        await page.GetByLabel("Timeout").FillAsync("90");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("#status-line")).ToContainTextAsync("revision 2", new() { IgnoreCase = true });
        await Expect(page.Locator("#check[data-state=running]")).ToHaveCountAsync(0);

        await page.GetByText("Send test message to …").ClickAsync();
        await Expect(page.Locator("#revision")).ToHaveCountAsync(0);
        await page.GetByLabel("Send a test message to").FillAsync("anna@contoso.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(page.Locator("#test-result")).ToContainTextAsync("anna@contoso.com");
        Assert.DoesNotContain(ada.Complaints, c => c.Contains("409", StringComparison.Ordinal));
    }
}
