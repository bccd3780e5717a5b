using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Delivery.Sending.Mime;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A mailing made ready to be sent under one revision of the settings.</summary>
internal sealed class MailingMail(Mailing mailing, MailingContent content, IReadOnlyList<MailingAttachment> attachments, string from, string? fromName)
{
    private readonly PreparedMailing _prepared = new(from, fromName, mailing.CreatedAt, attachments);
    private readonly RenderedContent _content = new(content.Subject, content.Text, content.Html);

    public OnDoubt OnDoubt => mailing.OnDoubt;

    public OutgoingMail Compose(InHand n, Func<bool> stillWanted) => new(
        from, CcList.Recipients(n.To, n.Cc), _prepared.Compose(n.Id, mailing.MessageIdSuffix, n.To, n.ToName, n.Cc, _content), stillWanted);
}
