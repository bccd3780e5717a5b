using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Puts one notification's message together as its recipient reads it, from the mailing's words and its own fields.</summary>
public sealed class MessageReader(IDbContextFactory<NotificationsDbContext> contexts, ContentReader contents)
{
    /// <returns>Null when the ruleset has no notification of that number, or its content is gone.</returns>
    public async Task<MessageView?> FindAsync(Guid rulesetId, long notificationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Set<Notification>()
            .Where(n => n.Id == notificationId && db.Set<Mailbox>().Any(b => b.Id == n.MailboxId && b.RulesetId == rulesetId))
            .Select(n => new { n.MailingId, n.Fields }).FirstOrDefaultAsync(ct);
        if (found is null || await contents.FindAsync(rulesetId, found.MailingId, ct) is not { } content)
        {
            return null;
        }

        var words = new MailingContent { MailingId = found.MailingId, Subject = content.Subject, Text = content.Text, Html = content.Html, Merges = content.Merges };
        try
        {
            return new MessageView(MergeTemplate.Parse(words).Render(found.Fields, ct), Fault: null, content.Attachments);
        }
        catch (TemplateException ex)
        {
            return new MessageView(Rendered: null, ex.Message, content.Attachments);
        }
    }
}
