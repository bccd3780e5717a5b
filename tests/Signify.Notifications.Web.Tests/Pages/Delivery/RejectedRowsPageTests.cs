using System.Net;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Pages.Mailings.New;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

/// <summary>What the review page says of rows that are not sent to, and of duplicates.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RejectedRowsPageTests : IAsyncLifetime
{
    private const string List = "Name,Work Email,Team\nAnna,anna@contoso.com,HR\nBen,ben@contoso,IT\n=1+1,@dora,\"x,y\"\n"
        + "Eva,eva@contoso.com,\nAnna B,ANNA@contoso.com,Sales\n";

    private TestProgram _program = null!;
    private BrowserClient _ada = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _program = await SeededProgram.EmptyAsync();
        _ada = await _program.SignedInAsync();
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task A_bad_row_is_shown_with_its_columns_and_the_value_at_fault()
    {
        var check = await WriteAsync(List);

        var table = check.Find("[aria-label='Lines that cannot be sent to'] table");
        Assert.Equal(
            ["Line", "Work Email", "Reason", "Name", "Team"],
            table.QuerySelectorAll("thead th").Select(h => h.TextContent.Trim()));
        var ben = table.QuerySelector("tbody tr")!;
        Assert.Equal("3", ben.QuerySelector("th")!.TextContent);
        Assert.Contains("must have a dot", ben.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ben", ben.TextContent, StringComparison.Ordinal);
        Assert.Matches(@"^\s*At fault:\s+ben@contoso\s*$", Assert.Single(ben.QuerySelectorAll("td.fault")).TextContent);
        Assert.Contains("sent to column Work Email", check.Find("#send").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_a_row_lacks_is_marked_in_its_column()
    {
        var check = await WriteAsync("email,team,First name\nanna@contoso.com,HR,Anna\nbert@contoso.com,IT\n", "Hello {{first_name}}");

        var cell = Assert.Single(check.Document.QuerySelectorAll("td.fault"));
        Assert.Equal(4, cell.ParentElement!.Children.ToList().IndexOf(cell));
        Assert.Contains("empty", cell.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_no_row_has_a_field_the_columns_that_exist_are_named()
    {
        var refused = await WriteAsync("email,Vorname\nanna@contoso.com,Anna\n", "Hello {{first_name}}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("The list has vorname.", refused.Find("#Recipients-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_are_downloaded_as_CSV_that_runs_no_formula()
    {
        var check = await WriteAsync(List);

        using var answer = await _ada.Http.GetAsync(new Uri(check.Address, check.Find("a[download]").GetAttribute("href")!), Stop);
        var csv = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("rejected-rows.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var lines = csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("\"Line\",\"Reason\",\"Name\",\"Work Email\",\"Team\"", lines[0]);
        Assert.EndsWith("\"Ben\",\"ben@contoso\",\"IT\"", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("\"'=1+1\",\"'@dora\",\"x,y\"", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("\"6\",\"Line 2 has the same address, with other values.\"", lines[3], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task The_downloaded_rows_can_be_corrected_and_uploaded_again()
    {
        var check = await WriteAsync("anna@contoso.com\nben@contoso\nCarla carla@contoso.com\n<dora@contoso.com\n");
        var csv = await _ada.Http.GetStringAsync(new Uri(check.Address, check.Find("a[download]").GetAttribute("href")!), Stop);

        var corrected = csv.Replace("ben@contoso\"", "ben@contoso.com\"", StringComparison.Ordinal)
            .Replace("Carla carla", "carla", StringComparison.Ordinal).Replace("<dora", "dora", StringComparison.Ordinal);
        await _ada.SubmitAsync(await WriteAsync(corrected), "#send .primary");

        Assert.Equal(["ben@contoso.com", "carla@contoso.com", "dora@contoso.com"], await RecipientsAsync());
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30 1", "'+49 30 1")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData(" =1", "' =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a\"b", "a\"\"b")]
    [InlineData("anna@contoso.com", "anna@contoso.com")]
    [InlineData("", "")]
    public void A_cell_that_would_be_a_formula_becomes_text(string value, string cell) =>
        Assert.Equal($"\"{cell}\"", RejectedCsv.Cell(value));

    [Fact]
    public async Task A_duplicate_is_reported_and_sent_once()
    {
        var check = await WriteAsync("anna@contoso.com\nben@contoso.com\nAnna <ANNA@Contoso.com>; anna@contoso.com\n");

        Assert.Contains("2 duplicates skipped", check.Find("#duplicates-title").TextContent, StringComparison.Ordinal);
        Assert.Contains("Line 1 has the same address", check.Find("#duplicates").TextContent, StringComparison.Ordinal);
        Assert.Contains("Uppercase and lowercase are the same", check.Find("#duplicates").TextContent, StringComparison.Ordinal);
        Assert.Contains("Send to 2 recipients", check.Find("#send-title").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be sent to", check.Text, StringComparison.Ordinal);

        var mailing = await _ada.SubmitAsync(check, "#send .primary");

        Assert.Contains("Handed in for 2 recipients. 2 duplicates were skipped.", mailing.Text, StringComparison.Ordinal);
        Assert.Equal(["anna@contoso.com", "ben@contoso.com"], await RecipientsAsync());
    }

    [Fact]
    public async Task A_line_that_cannot_be_sent_to_does_not_hide_a_later_one_with_its_address()
    {
        var check = await WriteAsync(
            "email,first_name\nanna@contoso.com\nanna@contoso.com,Anna\nanna@contoso.com,Ann\n", "Hello {{first_name}}");

        Assert.Contains("1 line cannot be sent to", check.Text, StringComparison.Ordinal);
        Assert.Contains("Line 3 has the same address, with other values.", check.Find("#duplicates").TextContent, StringComparison.Ordinal);
        Assert.Equal("Hello Anna", check.Find("#message-subject").TextContent);
    }

    [Fact]
    public async Task Duplicates_are_sent_when_the_user_says_so()
    {
        var check = await WriteAsync("anna@contoso.com\nben@contoso.com\nanna@contoso.com\n");

        var all = await _ada.SubmitAsync(check, "#duplicates form");
        Assert.Contains("Send to 3 recipients", all.Find("#send-title").TextContent, StringComparison.Ordinal);
        var once = await _ada.SubmitAsync(all, "#duplicates form");
        Assert.Contains("Send to 2 recipients", once.Find("#send-title").TextContent, StringComparison.Ordinal);
        await _ada.SubmitAsync(await _ada.SubmitAsync(once, "#duplicates form"), "#send .primary");

        Assert.Equal(["anna@contoso.com", "ben@contoso.com", "anna@contoso.com"], await RecipientsAsync());
    }

    [Fact]
    public async Task Between_two_address_columns_the_form_asks_and_sends_to_the_chosen_one()
    {
        const string Two = "Name,UserPrincipalName,PrimarySmtpAddress\nAnna,anna@contoso.onmicrosoft.com,anna@contoso.com\n";
        var asked = await WriteAsync(Two);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Equal("true", asked.Find("#AddressColumn").GetAttribute("aria-invalid"));
        Assert.Contains("UserPrincipalName, PrimarySmtpAddress", asked.Find("#AddressColumn-error").TextContent, StringComparison.Ordinal);

        var check = await _ada.SubmitAsync(asked, "#new-mailing", ("AddressColumn", "PrimarySmtpAddress"));
        var back = await _ada.GetAsync(check.Address.AbsolutePath.Replace("/check", "", StringComparison.Ordinal));
        Assert.Equal("PrimarySmtpAddress", back.Find("#AddressColumn option[selected]").TextContent);
        await _ada.SubmitAsync(check, "#send .primary");

        Assert.Equal(["anna@contoso.com"], await RecipientsAsync());
    }

    [Fact]
    public async Task A_pasted_line_of_three_addresses_goes_to_three()
    {
        var check = await WriteAsync("anna@contoso.com; bert@contoso.com; carla@contoso.com");

        await _ada.SubmitAsync(check, "#send .primary");

        Assert.Equal(["anna@contoso.com", "bert@contoso.com", "carla@contoso.com"], await RecipientsAsync());
    }

    private async Task<BrowserPage> WriteAsync(string list, string subject = "Hello") => await _ada.SubmitAsync(
        await _ada.GetAsync("/mailings/new"), "#new-mailing",
        ("Name", "November"), ("Subject", subject), ("Text", "Hello"), ("Recipients", list));

    private async Task<List<string>> RecipientsAsync()
    {
        await using var db = await SeededProgram.OpenAsync(_program);
        return await db.Set<Notification>().OrderBy(n => n.Id).Select(n => n.To).ToListAsync(Stop);
    }
}
