using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Queries over the rulesets that send from one mailbox at Microsoft. See docs/decisions/0031.</summary>
internal static class SharedMailbox
{
    /// <summary>Whether a wait for this reason is that of the mailbox, and not of one ruleset's network path or settings.</summary>
    public static bool Concerns(FindingCode code) =>
        StopKinds.Of(code) is StopKind.Throttled or StopKind.Quota && code != FindingCode.EntraThrottled;

    /// <summary>Those whose active settings send from it.</summary>
    public static IQueryable<Mailbox> Of(NotificationsDbContext db, string key) => db.Set<Mailbox>().Where(m =>
        db.Set<SettingsRevision>().Where(r => r.MailboxKey == key && r.State == RevisionState.Active)
            .Select(r => r.RulesetId).Contains(m.RulesetId));

    /// <summary>The others that send from what this one's owner sends from.</summary>
    public static async Task<List<int>> OthersAsync(NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        var key = await db.Set<Mailbox>().Where(m => m.Id == mailboxId).Select(m => m.MailboxKey).SingleOrDefaultAsync(ct);
        return key is null ? [] : await Of(db, key).Where(m => m.Id != mailboxId).Select(m => m.Id).ToListAsync(ct);
    }

    /// <summary>What counts since then against the limits of the mailbox at Microsoft, or against this one's alone without a key.</summary>
    public static async Task<IQueryable<PacedSend>> SendsAsync(
        NotificationsDbContext db, int mailboxId, string? key, DateTimeOffset since, CancellationToken ct)
    {
        var sends = db.Set<PacedSend>().AsNoTracking().Where(s => s.At > since && s.MailboxKey == key);
        if (key is null)
        {
            return sends.Where(s => s.MailboxId == mailboxId);
        }

        // Also those that have moved away since. By their ids, which the primary key begins with.
        var ever = db.Set<SettingsRevision>().Where(r => r.MailboxKey == key).Select(r => r.RulesetId);
        var ids = await db.Set<Mailbox>().Where(m => ever.Contains(m.RulesetId)).Select(m => m.Id).ToListAsync(ct);
        return sends.Where(s => ids.Contains(s.MailboxId));
    }
}
