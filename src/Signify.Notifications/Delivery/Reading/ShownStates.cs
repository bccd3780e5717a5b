using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>A parked row of a mailing that is not paused is shown as what it becomes next: queued or scheduled.</summary>
internal static class ShownStates
{
    public static NotificationState Of(NotificationState state, MailingState mailing, DateTimeOffset dueAt, DateTimeOffset now) =>
        state != NotificationState.Paused || mailing == MailingState.Paused ? state
        : dueAt > now ? NotificationState.Scheduled
        : NotificationState.Queued;

    public static async Task<IReadOnlyList<ActivityRow>> ShowAsync(NotificationsDbContext db, IReadOnlyList<ActivityRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var parked = rows.Where(r => r.State == NotificationState.Paused).Select(r => r.MailingId).Distinct().ToList();
        if (parked.Count == 0)
        {
            return rows;
        }

        var paused = await db.Set<Mailing>().Where(m => parked.Contains(m.Id) && m.State == MailingState.Paused).Select(m => m.Id).ToListAsync(ct);
        return [.. rows.Select(r => r with { State = Of(r.State, paused.Contains(r.MailingId) ? MailingState.Paused : MailingState.Active, r.DueAt, now) })];
    }
}
