using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Delivery.Sending.Mime;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A mailing made ready to be sent under one revision of the settings.</summary>
internal sealed class MailingMail(
    Mailing mailing, MailingContent content, IReadOnlyList<MailingAttachment> attachments, string from, string? fromName)
{
    // Measured: a tag takes some 400 bytes, two braces; of the text between tags there is a second copy.
    private const long BytesPerBrace = 256;

    private readonly PreparedMailing _prepared = new(from, fromName, Date(mailing), attachments);

    private readonly long _templates = Estimate(content.Subject) + Estimate(content.Text) + Estimate(content.Html);

    // Parsed when the first message needs it: one that does not parse any more fails its messages, not the sender.
    private readonly Lazy<MergeTemplate> _template = new(() => MergeTemplate.Parse(content));

    /// <summary>About what it takes in memory: the encoded files, the templates' sources and the parsed templates.</summary>
    public long Bytes => _prepared.Bytes + _templates;

    public OnDoubt OnDoubt => mailing.OnDoubt;

    /// <exception cref="TemplateException">Its text cannot be made for this recipient.</exception>
    public OutgoingMail Compose(InHand n, Func<bool> stillWanted, CancellationToken ct) => new(
        from,
        CcList.Recipients(n.To, n.Cc),
        _prepared.Compose(n.Id, mailing.MessageIdSuffix, n.To, n.ToName, n.Cc, _template.Value.Render(n.Fields, ct)),
        stillWanted);

    private static long Estimate(string? template) =>
        template is null ? 0 : (template.Length * 2L * sizeof(char)) + (template.AsSpan().Count('{') * BytesPerBrace);

    // Fixed for ever: a message sent again is the same message, with the same Date and Message-ID (RFC 5322 3.6.1: when it was
    // ready to enter the mail system).
    private static DateTimeOffset Date(Mailing mailing) =>
        mailing.NotBefore is { } later && later > mailing.CreatedAt ? later : mailing.CreatedAt;
}
