using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health.Figures;

/// <summary>
/// Reads how all mailboxes stand, in four queries, with as many rows in the queue as may be. Not async: whoever collects numbers
/// cannot wait for a task.
/// </summary>
internal sealed class FiguresReader(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time)
{
    /// <summary>Unfinished mailings are added up to this many, the oldest of each mailbox first; one of a million is one of them.</summary>
    public const int MostMailings = 100_000;

    // The queue is ordered by turns, not by age: the oldest is among the first in line.
    private const int FirstInLine = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <exception cref="System.Data.Common.DbException">The database did not answer.</exception>
    public IReadOnlyList<MailboxFigures> Read()
    {
        using var db = contexts.CreateDbContext();
        db.Database.SetCommandTimeout(Limit);
        var now = time.GetUtcNow();
        var left = Left(db).ToLookup(l => l.Mailbox);
        var inHand = InHand(db).ToDictionary(h => h.Mailbox, h => h.Count);
        var ends = db.Set<SettingsRevision>().AsNoTracking().Where(r => r.State == RevisionState.Active).AsEnumerable()
            .Where(r => r.CredentialEndsOn is not null).ToDictionary(r => r.RulesetId, r => r.CredentialEndsOn!.Value);
        return
        [
            .. Due(db, now).Select(m =>
            {
                var held = inHand.GetValueOrDefault(m.Id);
                return new MailboxFigures(
                    m.RulesetId,
                    m.Hold,
                    Math.Max(0, left[m.Id].Where(l => l.State == MailingState.Active).Sum(l => l.Count) - held),
                    left[m.Id].Where(l => l.State == MailingState.Paused).Sum(l => l.Count),
                    held,
                    m.Oldest is { } oldest && oldest < now ? now - oldest : TimeSpan.Zero,
                    ends.TryGetValue(m.RulesetId, out var end) ? CredentialNotice.DaysLeft(end, now) : null);
            }),
        ];
    }

    internal static IQueryable<LeftOfMailings> Left(NotificationsDbContext db) => db.Set<Mailing>().AsNoTracking()
        // Spelt as the partial index spells it.
        .Where(m => m.Total > m.Sent + m.Failed + m.InDoubt + m.Cancelled + m.Expired)
        .OrderBy(m => m.MailboxId).ThenBy(m => m.Id).Take(MostMailings)
        .GroupBy(m => new { m.MailboxId, m.State })
        .Select(g => new LeftOfMailings(g.Key.MailboxId, g.Key.State, g.Sum(m => (long)(m.Total - m.Sent - m.Failed - m.InDoubt - m.Cancelled - m.Expired))));

    /// <summary>No more than the batches of their owners.</summary>
    internal static IQueryable<CountOfMailbox> InHand(NotificationsDbContext db) => db.Set<Notification>()
        .Where(n => n.State == NotificationState.Claimed || n.State == NotificationState.Canceling)
        .GroupBy(n => n.MailboxId).Select(g => new CountOfMailbox(g.Key, g.LongCount()));

    internal static IQueryable<DueOfMailbox> Heads(NotificationsDbContext db, DateTimeOffset now) => db.Set<Mailbox>().AsNoTracking().Select(m => new DueOfMailbox(
        m.Id,
        m.RulesetId,
        m.Hold,
        db.Set<Notification>().Where(n => n.MailboxId == m.Id && n.State == NotificationState.Queued && n.Priority == Priority.Urgent)
            .OrderBy(n => n.Turn).ThenBy(n => n.Id).Take(FirstInLine).Min(n => (DateTimeOffset?)n.DueAt),
        db.Set<Notification>().Where(n => n.MailboxId == m.Id && n.State == NotificationState.Queued && n.Priority == Priority.Normal)
            .OrderBy(n => n.Turn).ThenBy(n => n.Id).Take(FirstInLine).Min(n => (DateTimeOffset?)n.DueAt),
        db.Set<Notification>().Where(n => n.MailboxId == m.Id && n.State == NotificationState.Queued && n.Priority == Priority.Low)
            .OrderBy(n => n.Turn).ThenBy(n => n.Id).Take(FirstInLine).Min(n => (DateTimeOffset?)n.DueAt),
        db.Set<Notification>().Where(n => n.MailboxId == m.Id && n.State == NotificationState.Scheduled && n.DueAt <= now)
            .OrderBy(n => n.DueAt).Select(n => (DateTimeOffset?)n.DueAt).FirstOrDefault()));

    private static IEnumerable<DueOfMailbox> Due(NotificationsDbContext db, DateTimeOffset now) => Heads(db, now).AsEnumerable();

    internal sealed record LeftOfMailings(int Mailbox, MailingState State, long Count);

    internal sealed record CountOfMailbox(int Mailbox, long Count);

    internal sealed record DueOfMailbox(int Id, Guid RulesetId, Hold Hold, DateTimeOffset? Urgent, DateTimeOffset? Normal, DateTimeOffset? Low, DateTimeOffset? Scheduled)
    {
        public DateTimeOffset? Oldest => ((DateTimeOffset?[])[Urgent, Normal, Low, Scheduled]).Min();
    }
}
