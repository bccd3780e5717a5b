using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery;

/// <summary>From a ruleset to its mailbox, which everything else is looked up by.</summary>
internal static class MailboxRows
{
    /// <returns>Null when nothing was ever handed in or set for the ruleset.</returns>
    public static Task<int?> FindMailboxIdAsync(this NotificationsDbContext db, Guid rulesetId, CancellationToken ct) =>
        db.Set<Mailbox>().Where(m => m.RulesetId == rulesetId).Select(m => (int?)m.Id).SingleOrDefaultAsync(ct);

    /// <summary>The tracked row, made when there is none. Within the caller's transaction.</summary>
    public static async Task<Mailbox> MailboxAsync(this NotificationsDbContext db, Guid rulesetId, CancellationToken ct)
    {
        if (await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.RulesetId == rulesetId, ct) is { } mailbox)
        {
            return mailbox;
        }

        mailbox = new Mailbox { RulesetId = rulesetId };
        db.Add(mailbox);
        await db.SaveChangesAsync(ct);
        return mailbox;
    }
}
