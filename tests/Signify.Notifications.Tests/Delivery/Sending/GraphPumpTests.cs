using Microsoft.EntityFrameworkCore;
using MimeKit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>From the hand-in to Graph, with nothing in between left out.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class GraphPumpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_handed_in_leaves_over_graph_once_each()
    {
        await using var lab = await StartAsync();
        await HandInAsync(lab, 8);

        await DrainAsync(lab);

        var rows = await RowsAsync(lab);
        Assert.All(rows, n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
        var letters = lab.Cloud.Requests.Where(r => r.Place == CloudPlace.SendMail).Select(r => Read(r.Body)).ToList();
        Assert.Equal(rows.Select(n => n.To).Order(), letters.Select(m => m.To.Mailboxes.Single().Address).Order());
        Assert.All(letters, m => Assert.Equal(("boss@contoso.com", "Your payslip, Anna"), (m.Cc.Mailboxes.Single().Address, m.Subject)));
        Assert.Equal(8, letters.Select(m => m.MessageId).Distinct().Count());
        Assert.Empty(lab.Smtp.Messages);
        await using var db = lab.Library.NewContext();
        Assert.All(await db.Set<Attempt>().ToListAsync(Ct), a => Assert.Equal("202 Accepted, request-id receipt-of-graph", a.Words));
    }

    [Fact]
    public async Task A_throttled_mailbox_waits_as_long_as_graph_asks_and_uses_up_no_attempt()
    {
        await using var lab = await StartAsync();
        await HandInAsync(lab, 3);
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(429, "ApplicationThrottled").With("Retry-After", "600"));
        var before = TimeProvider.System.GetUtcNow();

        await DrainAsync(lab);

        await using var db = lab.Library.NewContext();
        var mailbox = await db.Set<Mailbox>().SingleAsync(Ct);
        Assert.Equal(FindingCode.TooFast, mailbox.WaitCode);
        Assert.InRange(mailbox.WaitUntil!.Value, before.AddSeconds(600), TimeProvider.System.GetUtcNow().AddSeconds(600));
        Assert.All(await RowsAsync(lab), n => Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task A_missing_permission_holds_the_mailbox()
    {
        await using var lab = await StartAsync();
        await HandInAsync(lab, 3);
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(403, "ErrorAccessDenied"));

        await DrainAsync(lab);

        await using var db = lab.Library.NewContext();
        Assert.Equal(Hold.Configuration, (await db.Set<Mailbox>().SingleAsync(Ct)).Hold);
        Assert.InRange(lab.Cloud.Count(CloudPlace.SendMail), 1, 4);
        Assert.All(await RowsAsync(lab), n => Assert.Equal(0, n.Attempts));
    }

    [Theory]
    [InlineData(429, FindingCode.EntraThrottled)]
    [InlineData(503, FindingCode.EntraUnavailable)]
    public async Task A_token_service_that_asks_to_wait_is_left_alone_for_exactly_that_long(int status, FindingCode code)
    {
        await using var lab = await StartAsync();
        await HandInAsync(lab, 3);
        lab.Cloud.Answer(CloudPlace.GraphToken, new StubReply(status, "{}").With("Retry-After", "432"));
        var before = TimeProvider.System.GetUtcNow();

        await DrainAsync(lab);

        await using var db = lab.Library.NewContext();
        var mailbox = await db.Set<Mailbox>().SingleAsync(Ct);
        Assert.Equal(code, mailbox.WaitCode);
        Assert.InRange(mailbox.WaitUntil!.Value, before.AddSeconds(432), TimeProvider.System.GetUtcNow().AddSeconds(432));
        Assert.Equal(0, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Theory]
    [InlineData(504, "UnknownError")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task A_gateway_that_asks_to_wait_leaves_the_message_unconfirmed_and_it_is_not_sent_again(int status, string code)
    {
        await using var lab = await StartAsync();
        await HandInAsync(lab, 1, OnDoubt.Hold);
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(status, code).With("Retry-After", "1"));

        await DrainAsync(lab);

        Assert.Equal(1, lab.Cloud.Count(CloudPlace.SendMail));
        Assert.Equal(NotificationState.InDoubt, Assert.Single(await RowsAsync(lab)).State);
    }

    // Fast, and with a limit all the same: each message is written down before it goes.
    private static async Task<Lab> StartAsync()
    {
        var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Pace:Graph:MessagesPerMinute"] = "60000" });
        var report = await lab.CheckAsync(lab.Input with { Route = "graph" });
        Assert.True(report.Passed);
        return lab;
    }

    private static async Task HandInAsync(Lab lab, int count, OnDoubt onDoubt = OnDoubt.Resend)
    {
        var mailing = new NewMailing { Name = "Payslips", Subject = "Your payslip, {{name}}", Text = "It is ready.", OnDoubt = onDoubt };
        var recipients = Enumerable.Range(1, count).Select(i => new NewRecipient(i, $"r{i}@contoso.com") { Cc = ["boss@contoso.com"], Fields = """{"name":"Anna"}""" });
        var outcome = await lab.Library.Get<INotificationQueue>().HandInAsync(new HandInCaller(TestLibrary.Ruleset, "ada"), mailing, recipients.ToAsyncEnumerable(), Ct);
        Assert.IsType<HandInOutcome.MailingQueued>(outcome);
    }

    private static async Task DrainAsync(Lab lab)
    {
        await using var pump = Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(lab.Library.Get<SenderParts>(), 1, Ct));
        await pump.DrainAsync(Ct);
    }

    private static async Task<IReadOnlyList<Notification>> RowsAsync(Lab lab)
    {
        await using var db = lab.Library.NewContext();
        return await db.Set<Notification>().AsNoTracking().ToListAsync(Ct);
    }

    private static MimeMessage Read(string base64)
    {
        using var mime = new MemoryStream(Convert.FromBase64String(base64));
        return MimeMessage.Load(mime, Ct);
    }
}
