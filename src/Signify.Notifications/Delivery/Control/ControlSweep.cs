using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Control;

/// <summary>Brings notifications round to what was decided about their mailing, and lets those expire whose time has passed.</summary>
public sealed class ControlSweep(ControlTransaction write, TimeProvider time)
{
    private const int MostMailings = 200;

    // Spelled as its index spells it.
    private const string OverdueSql = $"""
        "Id" IN (SELECT "Id" FROM "Notifications"
            WHERE "MailboxId" = @mailbox AND "ExpiresAt" IS NOT NULL AND {States.Waiting} AND "ExpiresAt" <= @now
            ORDER BY "ExpiresAt" LIMIT 1000)
        """;

    /// <summary>At most one transaction that changes some thousand rows. Costs two look-ups when there is nothing to do.</summary>
    /// <returns>Whether it did something: call it again, then there may be more.</returns>
    public async Task<bool> RunPortionAsync(int mailboxId, CancellationToken ct)
    {
        await using var db = await write.ReadAsync(ct);
        var behind = await Behind(db, mailboxId).Take(MostMailings).ToListAsync(ct);
        foreach (var mailing in await NextFirstAsync(db, behind, ct))
        {
            if (await FollowAsync(db, mailing, ct))
            {
                write.Announce(mailboxId);
                return true;
            }
        }

        if (!await Overdue(db, mailboxId, time.GetUtcNow()).AnyAsync(ct))
        {
            return false;
        }

        await ExpireAsync(mailboxId, ct);
        write.Announce(mailboxId);
        return true;
    }

    /// <summary>
    /// What was stopped first. Then in the order of the queue, so that a large mailing does not hold back the next one's rows.
    /// </summary>
    private static async Task<List<Mailing>> NextFirstAsync(NotificationsDbContext db, List<Mailing> behind, CancellationToken ct)
    {
        if (behind.Count < 2)
        {
            return behind;
        }

        var ordered = new List<(Mailing Mailing, Priority Priority, long Turn)>();
        foreach (var mailing in behind)
        {
            var turn = mailing.State != MailingState.Active ? -1
                : await RowPortions.OfMailing(db, mailing.Id).Where(n => n.State == NotificationState.Paused).OrderBy(n => n.Id)
                    .Select(n => n.Turn).FirstOrDefaultAsync(ct);
            ordered.Add((mailing, turn < 0 ? 0 : mailing.Priority, turn));
        }

        return [.. ordered.OrderBy(m => m.Priority).ThenBy(m => m.Turn).Select(m => m.Mailing)];
    }

    /// <summary>As many portions as make about 20,000 rows, for the call that decided it.</summary>
    internal async Task StartAsync(int mailboxId, CancellationToken ct)
    {
        for (var portion = 0; portion < 5 && await RunPortionAsync(mailboxId, ct); portion++)
        {
        }
    }

    /// <returns>Whether anything was written. What is in a sender's hand is waited for without writing.</returns>
    private async Task<bool> FollowAsync(NotificationsDbContext db, Mailing mailing, CancellationToken ct)
    {
        var rows = RowPortions.OfMailing(db, mailing.Id);
        var work = mailing.State switch
        {
            MailingState.Paused => rows.Where(n => n.State == NotificationState.Queued || n.State == NotificationState.Scheduled),
            MailingState.Cancelled => rows.Where(n => n.State <= NotificationState.Claimed),
            MailingState.Deleting => rows.Where(n => n.State != NotificationState.Canceling),
            _ => rows.Where(n => n.State == NotificationState.Paused),
        };
        var inHand = rows.Where(n => n.State == NotificationState.Claimed || n.State == NotificationState.Canceling);
        if (!await work.AnyAsync(ct) && mailing.State != MailingState.Active && await inHand.AnyAsync(ct))
        {
            return false;
        }

        return await write.RunAsync(mailing.MailboxId, turn => PortionAsync(turn, mailing.Id, ct), ct);
    }

    private async Task<bool> PortionAsync(NotificationsDbContext db, long mailingId, CancellationToken ct)
    {
        // Read again: it may have been decided otherwise since.
        if (await db.Set<Mailing>().SingleOrDefaultAsync(m => m.Id == mailingId, ct) is not { } mailing)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var rows = mailing.State switch
        {
            MailingState.Paused => await RowPortions.ParkAsync(db, mailingId, now, ct),
            MailingState.Cancelled => await RowPortions.CancelAsync(db, mailingId, now, ct),
            MailingState.Deleting => await RowPortions.DeleteAsync(db, mailingId, now, ct),
            _ => await RowPortions.UnparkAsync(db, mailingId, now, ct),
        };
        if (rows == 0)
        {
            await SettleAsync(db, mailing, ct);
        }

        return true;
    }

    /// <summary>Nothing is left to follow, but for what may come back from a sender's hand.</summary>
    private static async Task SettleAsync(NotificationsDbContext db, Mailing mailing, CancellationToken ct)
    {
        if (mailing.State != MailingState.Active && await RowPortions.OfMailing(db, mailing.Id)
            .AnyAsync(n => n.State == NotificationState.Claimed || n.State == NotificationState.Canceling, ct))
        {
            return;
        }

        if (mailing.State == MailingState.Deleting)
        {
            await db.Set<Mailing>().Where(m => m.Id == mailing.Id).ExecuteDeleteAsync(ct);
            return;
        }

        mailing.RowsFollow = false;
    }

    private Task<int> ExpireAsync(int mailboxId, CancellationToken ct) => write.RunAsync(mailboxId, db => db.ApplyAsync(
        NotificationEvent.Expire, null, OverdueSql, time.GetUtcNow(), ct, ("@mailbox", mailboxId)), ct);

    internal static IQueryable<Mailing> Behind(NotificationsDbContext db, int mailboxId) =>
        db.Set<Mailing>().AsNoTracking().Where(m => m.MailboxId == mailboxId && m.RowsFollow).OrderBy(m => m.Id);

    /// <summary>Expired while it waited. In the words of its index, which is used by no others.</summary>
    internal static Expression<Func<Notification, bool>> IsOverdue(DateTimeOffset now) =>
        n => n.ExpiresAt != null && n.State < NotificationState.Claimed && n.ExpiresAt <= now;

    internal static IQueryable<Notification> Overdue(NotificationsDbContext db, int mailboxId, DateTimeOffset now) =>
        db.Set<Notification>().Where(n => n.MailboxId == mailboxId).Where(IsOverdue(now));
}
