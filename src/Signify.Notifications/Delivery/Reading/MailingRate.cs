using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>How fast a mailing went of late, and when it will end so.</summary>
internal static class MailingRate
{
    private const int Sample = 200;
    private static readonly TimeSpan OfLate = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>Sent a minute, over the last five minutes or the newest 200, whichever is shorter; null when none were.</summary>
    public static async Task<double?> PerMinuteAsync(NotificationsDbContext db, Mailing mailing, DateTimeOffset now, CancellationToken ct)
    {
        if (mailing.LastSentAt is null || mailing.LastSentAt <= now - OfLate)
        {
            return null;
        }

        // Within a mailing the numbers go in the order in which they were handed in.
        var newest = await Newest(db, mailing.Id).ToListAsync(ct);
        var times = newest.Where(at => at > now - OfLate).Select(at => at!.Value).ToList();
        if (times.Count == 0)
        {
            return null;
        }

        var since = times.Count == newest.Count && newest.Count == Sample ? times.Min() : Later(now - OfLate, mailing.FirstSentAt ?? times.Min());
        var span = now - since < Shortest ? Shortest : now - since;
        return times.Count / span.TotalMinutes;
    }

    /// <returns>Null when it cannot be told.</returns>
    public static DateTimeOffset? End(MailingRow row, double? perMinute, PaceLimits limits, HoldView hold, DateTimeOffset now)
    {
        if (!hold.HasSettings)
        {
            return null;
        }

        var rate = perMinute ?? limits.PerMinute ?? 0;
        if (row.Counts.Waiting == 0 || row.Status is not (MailingStatus.Sending or MailingStatus.Scheduled) || rate <= 0)
        {
            return null;
        }

        var start = Later(Later(now, row.NotBefore ?? now), hold.WaitUntil ?? now);
        var byRate = TimeSpan.FromMinutes(Math.Min(row.Counts.Waiting / rate, TimeSpan.FromDays(3650).TotalMinutes));
        // Beyond a day's limit the minute's pace no longer says anything.
        var byDay = limits.RecipientsPerDay is { } day ? TimeSpan.FromDays((row.Counts.Waiting - 1) / day) : TimeSpan.Zero;
        return start + (byRate > byDay ? byRate : byDay);
    }

    public static IQueryable<DateTimeOffset?> Newest(NotificationsDbContext db, long mailingId) => db.Set<Notification>().AsNoTracking()
        .Where(n => n.MailingId == mailingId && n.State == NotificationState.Sent).OrderByDescending(n => n.Id).Take(Sample).Select(n => n.EndedAt);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
