using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// What earlier attempts of a notification mean for the next one. Read from its rows, so that the count survives a restart and a
/// change of owner, and only after a response that needs it.
/// </summary>
/// <param name="Unconfirmed">Attempts that ended unconfirmed.</param>
/// <param name="Stopped">
/// The last attempts in a row that stopped the mailbox; ones tried again later in between do not count and do not end the row.
/// </param>
/// <param name="SetAsideForDay">The daily limit had no room for its recipients once before.</param>
internal sealed record AttemptHistory(int Unconfirmed, int Stopped, bool SetAsideForDay)
{
    private const int Most = 50;

    public static AttemptHistory None { get; } = new(0, 0, false);

    public static async Task<AttemptHistory> ReadAsync(
        IDbContextFactory<NotificationsDbContext> contexts, long notificationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var attempts = await db.Set<Attempt>().AsNoTracking().Where(a => a.NotificationId == notificationId)
            .OrderByDescending(a => a.Number).Take(Most).Select(a => new { a.Outcome, a.Code }).ToListAsync(ct);
        return new(
            attempts.Count(a => a.Outcome == AttemptOutcome.InDoubt),
            attempts.TakeWhile(a => a.Outcome is AttemptOutcome.Stopped or AttemptOutcome.Deferred)
                .Count(a => a.Outcome == AttemptOutcome.Stopped),
            attempts.Exists(a => a is { Outcome: AttemptOutcome.Deferred, Code: FindingCode.DailyLimit }));
    }
}
