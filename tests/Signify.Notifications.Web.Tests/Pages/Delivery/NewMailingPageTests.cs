using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

/// <summary>The whole way of a new mailing as a browser without JavaScript goes it.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class NewMailingPageTests
{
    private const string List = "Email;First name\nanna@contoso.com;Anna\nnot an address;Bad\nben@contoso.com;Ben\n";

    [Fact]
    public async Task From_a_pasted_list_to_a_mailing_with_the_bad_lines_left_out_when_the_person_says_so()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var check = await WriteAsync(ada, List);

        Assert.EndsWith("/check", check.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("As anna@contoso.com reads it", check.Text, StringComparison.Ordinal);
        Assert.Equal("Hello Anna", check.Find("#message-subject").TextContent);
        Assert.Contains("1 line cannot be sent to", check.Text, StringComparison.Ordinal);
        Assert.Equal("3", check.Find("[aria-label='Lines that cannot be sent to'] tbody th").TextContent);
        Assert.Contains("first_name", check.Find("#send").TextContent, StringComparison.Ordinal);

        var refused = await ada.SubmitAsync(check, "#send .primary");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("mark the box", refused.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        var mailing = await ada.SubmitAsync(refused, "#send .primary", ("leaveOut", "true"));

        Assert.StartsWith("/mailings/", mailing.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Handed in for 2 recipients. 1 line was left out.", mailing.Text, StringComparison.Ordinal);
        Assert.Equal(["anna@contoso.com", "ben@contoso.com"], await RecipientsAsync(program));
    }

    [Fact]
    public async Task Each_recipient_can_be_looked_at_in_turn()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var check = await WriteAsync(ada, List, html: "<p>Dear {{ first_name }}</p>");

        var next = await ada.GetAsync(check.Find("a[rel=next]").GetAttribute("href")!);
        var html = await ada.GetAsync(next.Find("iframe").GetAttribute("src")!);

        Assert.Equal("Hello Ben", next.Find("#message-subject").TextContent);
        Assert.Contains("Dear Ben", html.Html, StringComparison.Ordinal);
        Assert.Contains("sandbox", string.Join(' ', html.Response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Null(next.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task A_button_pressed_twice_hands_in_once_and_both_lead_to_the_mailing()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var check = await WriteAsync(ada, "email\nanna@contoso.com", subject: "Hello", text: "Hello");

        var answers = await Task.WhenAll(ada.SubmitAsync(check, "#send .primary"), ada.SubmitAsync(check, "#send .primary"));
        var late = await ada.SubmitAsync(check, "#send .primary");

        Assert.All(answers, a => Assert.StartsWith("/mailings", a.Address.AbsolutePath, StringComparison.Ordinal));
        Assert.Matches("^/mailings/[0-9]+$", late.Address.AbsolutePath);
        Assert.Single(await RecipientsAsync(program));
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var form = await ada.GetAsync("/mailings/new");

        var refused = await ada.SubmitAsync(form, "#new-mailing", ("Text", "Dear {{ oops"), ("Recipients", "name\nAnna"), ("ExpiresAt", "2001-01-01T10:00"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        foreach (var field in (string[])["Recipients", "Name", "Subject", "Text", "ExpiresAt"])
        {
            Assert.Equal("true", refused.Find($"#{field}").GetAttribute("aria-invalid"));
            Assert.NotEmpty(refused.Find($"#{field}-error").TextContent.Trim());
            Assert.NotNull(refused.Document.QuerySelector($"#errors a[href='#{field}']"));
        }

        Assert.Equal("Dear {{ oops", refused.Find("#Text").TextContent);
        Assert.Equal("name\nAnna", refused.Find("#Recipients").TextContent.ReplaceLineEndings("\n"));
        Assert.Equal("2001-01-01T10:00", refused.Find("#ExpiresAt").GetAttribute("value"));
    }

    [Fact]
    public async Task A_file_and_attachments_are_kept_between_the_steps_and_lie_open_to_this_account_alone()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var form = await ada.GetAsync("/mailings/new");
        using var body = new MultipartFormDataContent
        {
            { new StringContent(form.Find("#new-mailing input[name=__RequestVerificationToken]").GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("Upload"), "Name" }, { new StringContent("Hello {{first_name}}"), "Subject" }, { new StringContent("Hello"), "Text" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(List)), "RecipientsFile", "people.csv" },
            { new ByteArrayContent(new byte[2048]), "Files", "../../plan.pdf" },
        };

        using var answer = await ada.Http.PostAsync(new Uri(form.Find("#new-mailing").GetAttribute("action")!, UriKind.Relative), body, TestContext.Current.CancellationToken);
        var check = await BrowserPage.ReadAsync(answer);
        var back = await ada.GetAsync(check.Address.AbsolutePath.Replace("/check", "", StringComparison.Ordinal));

        Assert.Contains("people.csv", check.Find("#send").TextContent, StringComparison.Ordinal);
        Assert.Contains("plan.pdf", check.Find(".files").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("..", check.Find(".files").TextContent, StringComparison.Ordinal);
        Assert.Contains("{{first_name}}", back.Find(".chips").TextContent, StringComparison.Ordinal);
        AssertOwnerOnly(Path.Combine(program.DataDirectory, "drafts"));
        var removed = await ada.SubmitAsync(back, "button[name=remove]");
        Assert.DoesNotContain("plan.pdf", removed.Text, StringComparison.Ordinal);

        await ada.SubmitAsync(await ada.GetAsync(check.Address.AbsolutePath), "#send .primary", ("leaveOut", "true"));
        Assert.Equal(["draft.json"], Directory.GetFiles(Path.Combine(program.DataDirectory, "drafts"), "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Another_persons_draft_is_not_there()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var check = await WriteAsync(ada, List);
        await program.AddUserAsync(ada, "zoe@contoso.example", "Administrator");
        var zoe = await program.SignedInAsync("zoe@contoso.example", TestProgram.ViewerPassword);

        var form = check.Address.AbsolutePath.Replace("/check", "", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await zoe.GetAsync(check.Address.AbsolutePath)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await zoe.GetAsync(form)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await zoe.GetAsync(form + "/html")).Status);
        var token = (await zoe.GetAsync("/mailings/new")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var address in (string[])[form, check.Address.AbsolutePath, check.Address.AbsolutePath + "?handler=Test"])
        {
            using var post = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("Name", "Mine now")]);
            using var answer = await zoe.Http.PostAsync(new Uri(QueryHelpers.AddQueryString(address, "ruleset", $"{Ruleset.DefaultId}"), UriKind.Relative), post, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_time_is_read_in_the_persons_zone()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var check = await WriteAsync(ada, "email\nanna@contoso.com", subject: "Hello", text: "Hello", ("NotBefore", "2099-07-01T08:30"), ("TimeZone", "Europe/Berlin"));

        var mailing = await ada.SubmitAsync(check, "#send .primary");

        Assert.Contains("Schedule for 1 recipient", check.Text, StringComparison.Ordinal);
        Assert.Contains("2099-07-01T06:30:00Z", mailing.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_goes_to_the_person_alone_with_that_recipients_words()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();
        var check = await WriteAsync(ada, List);

        var told = await ada.SubmitAsync(check, "form[action*='Test'] button");

        Assert.Contains($"A test is on its way to {TestProgram.AdminEmail}", told.Text, StringComparison.Ordinal);
        Assert.Equal([TestProgram.AdminEmail], await RecipientsAsync(program));
        await using var db = await SeededProgram.OpenAsync(program);
        Assert.Equal("Hello Anna", (await db.Set<MailingContent>().SingleAsync(TestContext.Current.CancellationToken)).Subject);
    }

    [Fact]
    public async Task A_list_full_of_markup_stays_text_and_its_values_are_encoded_in_html()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var check = await WriteAsync(ada, "email,<b>first name</b>,first_name\nanna@contoso.com,x,<script>alert(1)</script>\n<img src=x onerror=alert(1)>,y,z", html: "<p>{{first_name}}</p>");
        var html = await ada.GetAsync(check.Find("iframe").GetAttribute("src")!);

        Assert.Empty(check.Document.QuerySelectorAll("img, script:not([src]), main b"));
        Assert.DoesNotContain("<script>", html.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html.Html, StringComparison.Ordinal);
    }

    private static void AssertOwnerOnly(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(entry) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
    }

    private static Task<BrowserPage> WriteAsync(BrowserClient ada, string list, string? html = null) =>
        WriteAsync(ada, list, "Hello {{first_name}}", "Dear {{first_name}}", ("Html", html ?? ""));

    private static async Task<BrowserPage> WriteAsync(BrowserClient ada, string list, string subject, string text, params (string, string)[] more) =>
        await ada.SubmitAsync(await ada.GetAsync("/mailings/new"), "#new-mailing", [("Name", "November"), ("Subject", subject), ("Text", text), ("Recipients", list), .. more]);

    private static async Task<List<string>> RecipientsAsync(TestProgram program)
    {
        await using var db = await SeededProgram.OpenAsync(program);
        return await db.Set<Notification>().OrderBy(n => n.Id).Select(n => n.To).ToListAsync(TestContext.Current.CancellationToken);
    }
}
