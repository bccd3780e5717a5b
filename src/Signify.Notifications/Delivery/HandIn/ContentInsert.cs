using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Writes what a mailing says, and its files.</summary>
internal sealed class ContentInsert(NotificationsDbContext db) : IDisposable
{
    private readonly RowInsert<MailingContent> _contents = new(db);
    private RowInsert<MailingAttachment>? _attachments;

    public void Insert(long mailingId, string subject, string? text, string? html, bool merges, IReadOnlyList<NewAttachment> attachments)
    {
        _contents.Insert(new MailingContent
        {
            MailingId = mailingId,
            Subject = subject,
            Text = string.IsNullOrEmpty(text) ? null : text,
            Html = string.IsNullOrEmpty(html) ? null : html,
            Merges = merges,
        });
        for (var i = 0; i < attachments.Count; i++)
        {
            (_attachments ??= new RowInsert<MailingAttachment>(db)).Insert(new MailingAttachment
            {
                MailingId = mailingId,
                Number = i + 1,
                Name = attachments[i].Name!,
                ContentType = ContentRules.TypeOf(attachments[i]),
                Content = attachments[i].Content.ToArray(),
            });
        }
    }

    public void Dispose()
    {
        _contents.Dispose();
        _attachments?.Dispose();
    }
}
