using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Control;

/// <summary>
/// A mailing's notifications following its state, some thousand in one transaction with their mailing's counters, so that neither
/// the sender nor a hand-in waits long for its turn. None touches what a sender has in hand.
/// </summary>
internal static class RowPortions
{
    public const int Size = 4000;

    public static async Task<int> ParkAsync(NotificationsDbContext db, long mailingId, CancellationToken ct)
    {
        var rows = await ParkAsync(NotificationState.Queued, Size);
        return rows < Size ? rows + await ParkAsync(NotificationState.Scheduled, Size - rows) : rows;

        Task<int> ParkAsync(NotificationState state, int most) => Some(db, mailingId, state, most)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.State, NotificationState.Paused), ct);
    }

    public static Task<int> UnparkAsync(NotificationsDbContext db, long mailingId, DateTimeOffset now, CancellationToken ct) =>
        Some(db, mailingId, NotificationState.Paused, Size).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.State, n => n.DueAt <= now ? NotificationState.Queued : NotificationState.Scheduled), ct);

    public static async Task<int> CancelAsync(NotificationsDbContext db, long mailingId, DateTimeOffset now, CancellationToken ct)
    {
        var rows = 0;
        for (var state = NotificationState.Queued; state <= NotificationState.Paused && rows < Size; state++)
        {
            rows += await Some(db, mailingId, state, Size - rows).ExecuteUpdateAsync(
                set => set.SetProperty(n => n.State, NotificationState.Cancelled).SetProperty(n => n.EndedAt, now), ct);
        }

        await db.Set<Mailing>().Where(m => m.Id == mailingId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Cancelled, m => m.Cancelled + rows), ct);
        return rows;
    }

    /// <summary>What failed by <paramref name="now"/> gets all its attempts anew; what was tried stays on record.</summary>
    public static async Task<int> RetryAsync(NotificationsDbContext db, Mailing mailing, DateTimeOffset now, CancellationToken ct)
    {
        var waiting = mailing.State == MailingState.Paused ? NotificationState.Paused : NotificationState.Queued;
        // One that has failed again since is not retried for ever.
        var failed = OfMailing(db, mailing.Id).Where(n => n.State == NotificationState.Failed && (n.EndedAt == null || n.EndedAt <= now));
        var rows = await failed.OrderBy(n => n.Id).Take(Size).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.State, waiting)
                .SetProperty(n => n.DueAt, now)
                .SetProperty(n => n.EndedAt, (DateTimeOffset?)null)
                .SetProperty(n => n.Attempts, 0)
                .SetProperty(n => n.CancelRequested, false), ct);
        mailing.Failed -= rows;
        return rows;
    }

    /// <summary>With their attempts. Of what is in hand the sender is told; it is deleted once it is out of hand.</summary>
    public static async Task<int> DeleteAsync(NotificationsDbContext db, long mailingId, CancellationToken ct)
    {
        await OfMailing(db, mailingId).Where(n => (n.State == NotificationState.Claimed || n.State == NotificationState.Sending) && !n.CancelRequested)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.CancelRequested, true), ct);
        var rows = 0;
        foreach (var state in Enum.GetValues<NotificationState>().Where(s => s is not (NotificationState.Claimed or NotificationState.Sending)))
        {
            rows += rows < Size ? await Some(db, mailingId, state, Size - rows).ExecuteDeleteAsync(ct) : 0;
        }

        return rows;
    }

    public static IQueryable<Notification> OfMailing(NotificationsDbContext db, long mailingId) =>
        db.Set<Notification>().Where(n => n.MailingId == mailingId);

    private static IQueryable<Notification> Some(NotificationsDbContext db, long mailingId, NotificationState state, int most) =>
        OfMailing(db, mailingId).Where(n => n.State == state).OrderBy(n => n.Id).Take(most);
}
