using System.Globalization;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>What a reply to one message does to a mailing of five: who gets it, who waits, and whether the mailbox is held.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ReplyConsequenceTests
{
    private static readonly SmtpEndpoint Relay = new("relay.contoso.com", 587, SmtpEncryption.Required, SettingsField.ServerName);

    [Theory]
    // About one recipient or one message: the others are sent.
    [InlineData(SmtpStage.Recipient, "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission", null)]
    [InlineData(SmtpStage.Recipient, "550 5.1.1 User unknown", null)]
    [InlineData(SmtpStage.Content, "552 5.3.4 Message size exceeds fixed maximum message size", null)]
    // About the connection: no message fails.
    [InlineData(SmtpStage.Recipient, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", Hold.Configuration)]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Unable to relay", Hold.Configuration)]
    [InlineData(SmtpStage.Recipient, "554 5.7.1 <r3@contoso.com>: Relay access denied", Hold.Configuration)]
    [InlineData(SmtpStage.Recipient, "504 5.5.2 <hr>: Helo command rejected: need fully-qualified hostname", Hold.None)]
    [InlineData(SmtpStage.Sender, "451 5.7.3 STARTTLS is required to send mail", Hold.Configuration)]
    [InlineData(SmtpStage.Sender, "550 5.7.68 TenantInboundAttribution; Direct Send not allowed", Hold.Configuration)]
    // About the sender or its quota.
    [InlineData(SmtpStage.Content, "554 5.2.0 OutboundSpamException; Actual verdict is Suspend", Hold.Blocked)]
    [InlineData(SmtpStage.Content, "554 5.2.0 OutboundSpamException; Actual verdict is RefuseQuota", Hold.None)]
    [InlineData(SmtpStage.Content, "550 5.7.236 limit of onmicrosoft.com", Hold.None)]
    public async Task A_reply_fails_the_message_it_is_about_or_none(SmtpStage stage, string reply, Hold? hold)
    {
        // About a message, only the third of five gets it; about the connection or the sender, all do.
        var ofMessage = hold is null;
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Small);
        await lab.HandInAsync(5);
        var situation = new SmtpSituation(stage, Relay, TimeSpan.FromSeconds(30), SmtpReply.Read(reply), null, Encrypted: true)
        {
            Recipients = ["r3@contoso.com"],
        };
        lab.Server.Answer = arrival => !ofMessage || arrival.To == "r3@contoso.com"
            ? SmtpReplies.Judge(situation).ToOutcome(reply)
            : new Signify.Notifications.Transports.SendOutcome.Accepted("250 OK");

        await lab.DrainAsync();

        var rows = await lab.RowsAsync();
        int Count(NotificationState state) => rows.Count(n => n.State == state);
        Assert.Equal(ofMessage ? (4, 1, 0) : (0, 0, 5), (Count(NotificationState.Sent), Count(NotificationState.Failed), Count(NotificationState.Queued)));
        Assert.All(rows.Where(n => n.State == NotificationState.Queued), n => Assert.Equal(0, n.Attempts));
        Assert.Equal(hold ?? Hold.None, (await lab.MailboxAsync()).Hold);
    }

    [Theory]
    // Leavers of a list: too few to say that the list or the sender is at fault.
    [InlineData(5, 5, 5)]
    [InlineData(30, 9, 9)]
    [InlineData(30, 30, 3, 7, 11, 12, 13, 14, 20, 24, 25, 26)]
    public async Task Unknown_recipients_fail_alone_while_they_are_few(int messages, int firstUnknown, params int[] others)
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Small);
        await lab.HandInAsync(messages);
        var unknown = others.Length > 1 ? others : Enumerable.Range(1, firstUnknown).ToArray();
        lab.Server.Answer = arrival => unknown.Contains(int.Parse(arrival.To[1..^"@contoso.com".Length], CultureInfo.InvariantCulture))
            ? NotFound("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found")
            : new Signify.Notifications.Transports.SendOutcome.Accepted("250 OK");

        await lab.DrainAsync();

        var rows = await lab.RowsAsync();
        Assert.Equal(unknown.Length, rows.Count(n => n.State == NotificationState.Failed));
        Assert.Equal(messages - unknown.Length, rows.Count(n => n.State == NotificationState.Sent));
        Assert.Equal(Hold.None, (await lab.MailboxAsync()).Hold);
    }

    [Theory]
    [InlineData("550 5.1.1 User unknown")]
    [InlineData("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup")]
    public async Task Ten_unknown_recipients_and_half_of_those_answered_hold_the_mailbox_and_are_named(string reply)
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Small);
        await lab.HandInAsync(60);
        lab.Server.Answer = _ => NotFound(reply);

        await lab.DrainAsync();

        var (mailbox, rows) = (await lab.MailboxAsync(), await lab.RowsAsync());
        Assert.Equal(Hold.RepeatedRefusals, mailbox.Hold);
        // One connection each may have had one more in flight.
        Assert.InRange(rows.Count(n => n.State == NotificationState.Failed), 10, 14);
        Assert.Contains(reply, mailbox.HoldWords!, StringComparison.Ordinal);
        var named = rows.Where(n => mailbox.HoldWords!.Contains($" {n.To}", StringComparison.Ordinal)).ToList();
        Assert.Equal(10, named.Count);
        Assert.All(named, n => Assert.Equal(NotificationState.Failed, n.State));
    }

    private static Signify.Notifications.Transports.SendOutcome NotFound(string reply) => SmtpReplies.Judge(
        new SmtpSituation(SmtpStage.Recipient, Relay, TimeSpan.FromSeconds(30), SmtpReply.Read(reply), null, Encrypted: true)).ToOutcome(reply);
}
