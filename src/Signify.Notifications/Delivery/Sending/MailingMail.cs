using MimeKit;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A mailing made ready to be sent under one revision of the settings.</summary>
public sealed class MailingMail(Mailing mailing, MailingContent content, string from, string? fromName)
{
    public OnDoubt OnDoubt => mailing.OnDoubt;

    public OutgoingMail Compose(InHand n, Func<bool> stillWanted)
    {
        using var message = new MimeMessage { Subject = content.Subject, Date = mailing.CreatedAt, MessageId = $"{n.Id}{mailing.MessageIdSuffix}" };
        message.From.Add(new MailboxAddress(fromName, from));
        message.To.Add(new MailboxAddress(n.ToName, n.To));
        message.Body = new TextPart("plain") { Text = content.Text ?? content.Html ?? "" };
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return new OutgoingMail(from, [n.To], bytes.ToArray(), stillWanted);
    }
}
