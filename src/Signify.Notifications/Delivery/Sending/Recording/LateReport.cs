using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// Results of messages that are not in flight any more: another owner took them for unconfirmed, or a commit whose answer was lost
/// recorded them already. What is known is written; what was written stays.
/// </summary>
internal static class LateReport
{
    /// <param name="run">Runs a statement on the context's connection.</param>
    public static async Task RecordAsync(NotificationsDbContext db, IEnumerable<RecordLine> lines, Func<RecordStatement, Task> run)
    {
        foreach (var ended in lines.Where(l => l is { Ended: not null, EndedInFlight: false }).Select(l => l.Ended!))
        {
            foreach (var from in NotificationTransitions.Of(ended.Event, late: true).Select(t => t.From))
            {
                var changed = await db.ApplyLateAsync(
                    ended.Event, from, $"\"Id\" = @id AND {RecordSql.NotInFlight}", ended.At, CancellationToken.None,
                    ("@id", ended.Of.Id), ("@due", (ended.DueAt ?? ended.At).UtcTicks), ("@used", 0));
                if (changed > 0)
                {
                    break;
                }
            }

            if (ended.Attempt is not null)
            {
                await run(RecordStatement.LateAttempt(ended));
            }
        }
    }
}
