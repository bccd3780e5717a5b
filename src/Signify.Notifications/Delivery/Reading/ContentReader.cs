using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Reads what a mailing says to its people.</summary>
public sealed class ContentReader(IDbContextFactory<NotificationsDbContext> contexts)
{
    /// <returns>Null when the ruleset has no mailing of that number, or it is being deleted.</returns>
    public async Task<ContentView?> FindAsync(Guid rulesetId, long mailingId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = db.Set<Mailing>().Where(m => m.Id == mailingId && m.State != MailingState.Deleting
            && db.Set<Mailbox>().Any(b => b.Id == m.MailboxId && b.RulesetId == rulesetId));
        var content = await db.Set<MailingContent>().AsNoTracking().FirstOrDefaultAsync(c => own.Any(m => m.Id == c.MailingId), ct);
        if (content is null)
        {
            return null;
        }

        // The files themselves stay in the database: they may be large and nobody looks at them here.
        var attachments = await db.Set<MailingAttachment>().Where(a => a.MailingId == mailingId).OrderBy(a => a.Number)
            .Select(a => new AttachmentView(a.Name, a.ContentType, a.Content.Length)).ToListAsync(ct);
        return new ContentView(content.Subject, content.Text, content.Html, content.Merges, attachments);
    }
}
