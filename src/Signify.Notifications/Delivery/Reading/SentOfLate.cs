using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>What counts against the provider's limits now: of all rulesets that send from the same mailbox.</summary>
internal sealed record SentOfLate(int? InLastMinute, int? RecipientsInDay, DateTimeOffset? NextWindow)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static async Task<SentOfLate> ReadAsync(
        NotificationsDbContext db, int mailboxId, string? key, PaceLimits limits, DateTimeOffset now, CancellationToken ct)
    {
        if (limits is { PerMinute: null, RecipientsPerDay: null })
        {
            return new SentOfLate(null, null, null);
        }

        var day = await SharedMailbox.SendsAsync(db, mailboxId, key, now - Day, ct);
        var minute = day.Where(s => s.At > now - Minute);
        var recipients = await day.SumAsync(s => s.Recipients, ct);
        var messages = await minute.CountAsync(ct);
        DateTimeOffset? window = recipients >= limits.RecipientsPerDay ? await FirstAsync(day, ct) + Day
            : messages >= limits.PerMinute ? await FirstAsync(minute, ct) + Minute
            : null;
        return new SentOfLate(messages, recipients, window);
    }

    private static Task<DateTimeOffset?> FirstAsync(IQueryable<PacedSend> sends, CancellationToken ct) =>
        sends.OrderBy(s => s.At).Select(s => (DateTimeOffset?)s.At).FirstOrDefaultAsync(ct);
}
