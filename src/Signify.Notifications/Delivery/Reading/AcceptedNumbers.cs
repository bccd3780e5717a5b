using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>
/// Between which numbers lie the notifications of a time: they are given out in the order of acceptance, near enough, so two binary
/// searches of some twenty look-ups find it, and no index on the time is needed. Wider by an hour at either end, for streams that
/// took so long; the search compares the time itself.
/// </summary>
/// <param name="Lowest">Inclusive.</param>
/// <param name="Highest">Inclusive.</param>
internal sealed record AcceptedNumbers(long Lowest, long Highest)
{
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    public static async Task<AcceptedNumbers> FindAsync(NotificationsDbContext db, int mailboxId, DateTimeOffset? from, DateTimeOffset? until, CancellationToken ct)
    {
        if (from is null && until is null)
        {
            return new AcceptedNumbers(0, long.MaxValue);
        }

        var newest = await Rows(db, mailboxId).OrderByDescending(n => n.Id).Select(n => n.Id).FirstOrDefaultAsync(ct);
        return new AcceptedNumbers(
            from is null ? 0 : await FirstSinceAsync(db, mailboxId, Shift(from.Value, -Slack), newest, ct),
            until is null ? long.MaxValue : await FirstSinceAsync(db, mailboxId, Shift(until.Value, Slack), newest, ct));
    }

    private static async Task<long> FirstSinceAsync(NotificationsDbContext db, int mailboxId, DateTimeOffset at, long newest, CancellationToken ct)
    {
        var (low, high) = (0L, newest + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var row = await AtOrAfter(db, mailboxId, middle).FirstOrDefaultAsync(ct);
            if (row is null || row.AcceptedAt >= at)
            {
                high = middle;
            }
            else
            {
                low = row.Id + 1;
            }
        }

        return low;
    }

    public static IQueryable<Accepted> AtOrAfter(NotificationsDbContext db, int mailboxId, long number) =>
        Rows(db, mailboxId).Where(n => n.Id >= number).OrderBy(n => n.Id).Select(n => new Accepted(n.Id, n.AcceptedAt));

    private static IQueryable<Notification> Rows(NotificationsDbContext db, int mailboxId) =>
        db.Set<Notification>().AsNoTracking().Where(n => n.MailboxId == mailboxId);

    private static DateTimeOffset Shift(DateTimeOffset at, TimeSpan by) =>
        by < TimeSpan.Zero && at - DateTimeOffset.MinValue < -by ? DateTimeOffset.MinValue
        : by > TimeSpan.Zero && DateTimeOffset.MaxValue - at < by ? DateTimeOffset.MaxValue
        : at + by;

    internal sealed record Accepted(long Id, DateTimeOffset AcceptedAt);
}
