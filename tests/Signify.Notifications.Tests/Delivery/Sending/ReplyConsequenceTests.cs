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
}
