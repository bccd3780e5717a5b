using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Delivery.Sending.Mime;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A mailing made ready to be sent under one revision of the settings.</summary>
internal sealed class MailingMail(Mailing mailing, MailingContent content, IReadOnlyList<MailingAttachment> attachments, string from, string? fromName)
{
    private readonly PreparedMailing _prepared = new(from, fromName, mailing.CreatedAt, attachments);

    // Parsed when the first message needs it: one that does not parse any more fails its messages, not the sender.
    private readonly Lazy<MergeTemplate> _template = new(() => MergeTemplate.Parse(content));

    public OnDoubt OnDoubt => mailing.OnDoubt;

    /// <exception cref="TemplateException">Its text cannot be made for this recipient.</exception>
    public OutgoingMail Compose(InHand n, Func<bool> stillWanted) => new(
        from,
        CcList.Recipients(n.To, n.Cc),
        _prepared.Compose(n.Id, mailing.MessageIdSuffix, n.To, n.ToName, n.Cc, _template.Value.Render(n.Fields)),
        stillWanted);
}
