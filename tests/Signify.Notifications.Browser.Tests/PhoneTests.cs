using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>Pages at the width of a phone: nothing is cut, nothing is larger than it means.</summary>
public sealed class PhoneTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    private static readonly int[] Widths = [1280, 390];

    [Theory]
    [InlineData("/gear/access/users", "users")]
    [InlineData("/gear/rulesets", "rulesets")]
    [InlineData("/gear/system/auditlog", "audit-log")]
    public async Task No_table_of_the_gear_menu_is_cut(string address, string name)
    {
        foreach (var width in Widths)
        {
            await using var ada = await shared.SignedInAsync(new PersonOptions { Width = width });
            await ada.Page.GotoAsync(address);
            await ada.Page.TakeAsync($"phone-{name}-light-{width}");

            Assert.Equal(0, await ada.Page.Locator(".table-wrap").EvaluateAsync<int>("wrap => wrap.scrollWidth - wrap.clientWidth"));
        }
    }

    [Fact]
    public async Task The_header_that_carries_a_key_stays_on_one_line()
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Width = 390 });
        await ada.Page.GotoAsync("/gear/access/apikeys");
        await ada.Page.TakeAsync("phone-keys-light-390");

        Assert.InRange((await ada.Page.Locator(".status-line code").BoundingBoxAsync())!.Height, 10, 30);
    }

    [Fact]
    public async Task An_icon_beside_a_stored_list_is_as_large_as_its_text()
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Width = 390 });
        await ada.Page.GotoAsync("/mailings/new");
        await ada.Page.GetByLabel("Upload a CSV file").SetInputFilesAsync(
            new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = "email\nanna@contoso.com\n"u8.ToArray() });
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(ada.Page.Locator("p.files")).ToBeVisibleAsync();
        await ada.Page.TakeAsync("phone-stored-list-light-390");

        Assert.InRange((await ada.Page.Locator("p.files svg").BoundingBoxAsync())!.Width, 10, 30);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_question_and_a_preview_can_be_looked_at(int width)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Width = width });
        await ada.Page.GotoAsync("/gear/ruleset/retention/shorten?days=1");
        await Expect(ada.Page.Locator("h1")).ToContainTextAsync("Shorten retention from 90 days to 1 day?");
        await ada.Page.TakeAsync($"question-retention-light-{width}");

        await ada.Page.GotoAsync(shared.Fill("/mailings/{payslips}"));
        await ada.Page.TakeAsync($"preview-light-{width}");
    }
}
