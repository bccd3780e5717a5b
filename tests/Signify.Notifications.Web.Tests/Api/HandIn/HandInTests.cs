using System.Net;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Web.Tests.Api.HandIn.HandInProgram;

namespace Signify.Notifications.Web.Tests.Api.HandIn;

/// <summary>Notifications and mailings handed in over HTTP.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class HandInTests(HandInProgram program) : IClassFixture<HandInProgram>
{
    [Fact]
    public async Task A_notification_is_on_disk_when_it_is_answered()
    {
        var answer = await program.PostAsync("/api/v1/notifications", """
            {"to": "Anna Åberg <anna@CONTOSO.com>", "cc": ["b@contoso.com", "Carl <c@contoso.com>"], "subject": "Your {{payslip}}", "text": "It is there.",
             "attachments": [{"name": "slip.pdf", "content": "JVBERi0="}], "priority": "urgent", "onDoubt": "hold"}
            """);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var id = answer["id"].GetString()!;
        Assert.Equal($"/api/v1/notifications/{id}", answer.Response.Headers.Location?.OriginalString);
        Assert.Equal(1, await program.CountAsync($"SELECT COUNT(*) FROM \"Notifications\" WHERE \"Id\" = {id} AND \"MailingId\" = {answer["mailingId"].GetString()}"));
        var row = Assert.Single(await program.RowsAsync<Notification>(rows => rows.Where(n => n.Id == long.Parse(id, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(("anna@contoso.com", "Anna Åberg", NotificationState.Queued, Priority.Urgent), (row.To, row.ToName, row.State, row.Priority));
        Assert.Equal("b@contoso.com, \"Carl\" <c@contoso.com>", row.Cc);
        var mailing = Assert.Single(await program.RowsAsync<Mailing>(rows => rows.Where(m => m.Id == row.MailingId)));
        Assert.Equal((true, MailingState.Active, 1, OnDoubt.Hold, "API key bootstrap"), (mailing.OfOne, mailing.State, mailing.Total, mailing.OnDoubt, mailing.CreatedBy));
        Assert.Matches(@"^\.[0-9a-f]{20}@signify\.invalid$", mailing.MessageIdSuffix);
        var content = Assert.Single(await program.RowsAsync<MailingContent>(rows => rows.Where(c => c.MailingId == row.MailingId)));
        Assert.Equal(("Your {{payslip}}", "It is there.", null, false), (content.Subject, content.Text, content.Html, content.Merges));
        var file = Assert.Single(await program.RowsAsync<MailingAttachment>(rows => rows.Where(a => a.MailingId == row.MailingId)));
        Assert.Equal((1, "slip.pdf", "application/pdf", "%PDF-"), (file.Number, file.Name, file.ContentType, System.Text.Encoding.ASCII.GetString(file.Content)));
    }

    [Fact]
    public async Task A_mailing_takes_the_good_recipients_and_tells_of_the_others_by_their_place()
    {
        var answer = await program.PostAsync(Mailings, """
            {"name": "Payslips", "subject": "Hello {{name}}", "html": "<p>{{name}}</p>", "recipients": [
              {"to": "a@contoso.com", "fields": {"name": "Anna"}},
              {"to": "not an address", "fields": {"name": "Nobody"}},
              {"to": "b@contoso.com", "fields": {}},
              {"to": "c@contoso.com", "fields": {"name": "Carl"}}]}
            """);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(2, answer["accepted"].GetInt32());
        Assert.Equal(["2 recipient-rejected", "3 field-missing"], Rejected(answer));
        var mailingId = long.Parse(answer["mailingId"].GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var rows = await program.RowsAsync<Notification>(all => all.Where(n => n.MailingId == mailingId).OrderBy(n => n.Turn));
        Assert.Equal(["a@contoso.com", "c@contoso.com"], rows.Select(r => r.To));
        Assert.Equal("""{"name": "Carl"}""", rows[1].Fields);
        var mailing = Assert.Single(await program.RowsAsync<Mailing>(all => all.Where(m => m.Id == mailingId)));
        Assert.Equal((false, MailingState.Active, 2, "Payslips"), (mailing.OfOne, mailing.State, mailing.Total, mailing.Name));
    }

    [Fact]
    public async Task A_stream_is_read_line_by_line_and_a_bad_line_is_told_by_its_number()
    {
        var answer = await program.PostLinesAsync(
            null,
            """{"name": "Stream", "subject": "Hello {{name}}", "text": "{{name}}"}""",
            """{"to": "a@contoso.com", "fields": {"name": "Anna"}}""",
            "{ this is not JSON",
            "",
            """{"to": "b@contoso.com", "fields": {"name": "Berta"}}""",
            """{"to": "c@contoso.com", "fields": {"name": "x"}, "colour": "red"}""",
            $$"""{"to": "d@contoso.com", "fields": {"name": "{{new string('x', 70_000)}}" } }""",
            """{"to": "e@contoso.com", "fields": ["name"]}""",
            """{"to": "f@contoso.com", "fields": {"name": "Frida"}}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(3, answer["accepted"].GetInt32());
        Assert.Equal(["3 line-invalid", "6 line-invalid", "7 line-too-long", "8 fields-invalid"], Rejected(answer));
    }

    internal static IEnumerable<string> Rejected(ApiAnswer answer) =>
        answer["rejected"].EnumerateArray().Select(r => $"{r.GetProperty("line").GetInt64()} {r.GetProperty("code").GetString()}");
}
