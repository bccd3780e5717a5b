using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>How much waits for a mailbox, from its unfinished mailings' counters: a mailing of a million costs one row.</summary>
/// <param name="Waiting">Without what is in hand.</param>
internal sealed record WaitingCounts(BoundedCount Waiting, BoundedCount Paused, int InHand, DateTimeOffset? Oldest)
{
    public static async Task<WaitingCounts> ReadAsync(NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        var unfinished = await Unfinished(db, mailboxId).OrderBy(m => m.Id).Take(BoundedCount.Limit + 1)
            .Select(m => new { m.State, m.CreatedAt, Left = m.Total - m.Sent - m.Failed - m.InDoubt - m.Cancelled - m.Expired }).ToListAsync(ct);
        var inHand = await InHandOf(db, mailboxId).CountAsync(ct);
        var more = unfinished.Count > BoundedCount.Limit;
        // One that is being handed in was not acknowledged yet; of one that is cancelled or deleted nothing will go.
        var waiting = unfinished.Where(m => m.State is MailingState.Active or MailingState.Paused).ToList();
        return new WaitingCounts(
            new BoundedCount(Math.Max(0, waiting.Sum(m => (long)m.Left) - inHand), more),
            new BoundedCount(waiting.Where(m => m.State == MailingState.Paused).Sum(m => (long)m.Left), more),
            inHand,
            waiting.Count == 0 ? null : waiting[0].CreatedAt);
    }

    /// <summary>The condition is spelt as the partial index spells it.</summary>
    public static IQueryable<Mailing> Unfinished(NotificationsDbContext db, int mailboxId) => db.Set<Mailing>().AsNoTracking()
        .Where(m => m.MailboxId == mailboxId && m.Total > m.Sent + m.Failed + m.InDoubt + m.Cancelled + m.Expired);

    /// <summary>No more than the batches of its one owner.</summary>
    public static IQueryable<Notification> InHandOf(NotificationsDbContext db, int mailboxId) => db.Set<Notification>()
        .Where(n => n.MailboxId == mailboxId && (n.State == NotificationState.Claimed || n.State == NotificationState.Canceling));
}
