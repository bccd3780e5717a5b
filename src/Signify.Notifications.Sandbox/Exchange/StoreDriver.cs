using Signify.Notifications.Sandbox.Limits;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>What Exchange decides when the whole message is there.</summary>
internal sealed class StoreDriver(SandboxMailStore mail, SubmissionLimits limits, TimeProvider time)
{
    /// <summary>The reply to the end of data; the message is kept when it was accepted.</summary>
    public async Task<string> SubmitAsync(SignedInMailbox sender, SmtpTransaction transaction, SmtpReplies replies, CancellationToken ct)
    {
        var source = transaction.Message.ToMemory();
        var headers = MessageHeaders.Read(source);
        if (Refusal(sender, transaction, headers) is { } refusal)
        {
            return refusal;
        }

        var verdict = limits.Submit(sender.Mailbox.Address, transaction.Recipients.Count);
        if (verdict.OverQuota)
        {
            return SmtpReplies.DayUsedUp();
        }

        if (verdict.TooFast)
        {
            return replies.TooFast;
        }

        await Task.Delay(verdict.Delay, time, ct);
        var message = mail.Add(MailRoute.Smtp, sender.Mailbox.Address, transaction.From, [.. transaction.Recipients], source);
        return SmtpReplies.Accepted(message.MessageId.Length > 0 ? message.MessageId : $"<{Guid.NewGuid()}@{SmtpReplies.BackEnd}>");
    }

    private static string? Refusal(SignedInMailbox sender, SmtpTransaction transaction, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (transaction.Message.TooLarge)
        {
            return SmtpReplies.OverMailboxSize();
        }

        if (transaction.Message.BareLineFeed)
        {
            return SmtpReplies.BareLineFeed;
        }

        if (MessageHeaders.FromAddresses(headers) is not { } authors)
        {
            return SmtpReplies.NoFromHeader;
        }

        var foreign = authors.FirstOrDefault(author => !sender.MaySendAs(author));
        return foreign is not null ? SmtpReplies.SendAsDenied(sender.Mailbox.Address, foreign)
            : sender.Mailbox.State == MailboxState.Full ? SmtpReplies.MailboxFull()
            : null;
    }
}
