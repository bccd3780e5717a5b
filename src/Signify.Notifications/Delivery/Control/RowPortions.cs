using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Control;

/// <summary>
/// A mailing's notifications following its state, some thousand in one transaction with their mailing's counters, so that neither
/// the sender nor a submission waits long for its turn.
/// </summary>
internal static class RowPortions
{
    public const int Size = 4000;

    public static Task<int> ParkAsync(NotificationsDbContext db, long mailingId, DateTimeOffset now, CancellationToken ct) =>
        ApplyAsync(db, NotificationEvent.Pause, mailingId, now, ct);

    public static async Task<int> UnparkAsync(NotificationsDbContext db, long mailingId, DateTimeOffset now, CancellationToken ct)
    {
        var due = await ApplyAsync(db, NotificationEvent.ResumeDue, mailingId, now, ct, """ AND "DueAt" <= @now""");
        return due + await ApplyAsync(db, NotificationEvent.ResumeScheduled, mailingId, now, ct, """ AND "DueAt" > @now""");
    }

    /// <summary>What waits is canceled; what is claimed is canceling, and never returns to the queue.</summary>
    public static Task<int> CancelAsync(NotificationsDbContext db, long mailingId, DateTimeOffset now, CancellationToken ct) =>
        ApplyAsync(db, NotificationEvent.Cancel, mailingId, now, ct);

    /// <summary>What failed by <paramref name="now"/> gets all its attempts again; what was tried stays on record.</summary>
    public static Task<int> RetryAsync(NotificationsDbContext db, Mailing mailing, DateTimeOffset now, CancellationToken ct)
    {
        var on = mailing.State == MailingState.Paused ? NotificationEvent.RetryFailedPaused : NotificationEvent.RetryFailed;
        // One that has failed again since is not retried for ever.
        return ApplyAsync(db, on, mailing.Id, now, ct, """ AND ("EndedAt" IS NULL OR "EndedAt" <= @now)""");
    }

    /// <summary>With their attempts. What is claimed is canceling, and deleted when it has come to its end.</summary>
    public static async Task<int> DeleteAsync(NotificationsDbContext db, long mailingId, DateTimeOffset now, CancellationToken ct)
    {
        await db.ApplyAsync(NotificationEvent.Cancel, NotificationState.Claimed, "\"MailingId\" = @mailing", now, ct,
            ("@mailing", mailingId));
        var rows = 0;
        foreach (var state in Enum.GetValues<NotificationState>()
            .Where(s => s is not (NotificationState.Claimed or NotificationState.Canceling)))
        {
            rows += rows < Size
                ? await OfMailing(db, mailingId).Where(n => n.State == state).OrderBy(n => n.Id).Take(Size - rows).ExecuteDeleteAsync(ct)
                : 0;
        }

        return rows;
    }

    public static IQueryable<Notification> OfMailing(NotificationsDbContext db, long mailingId) =>
        db.Set<Notification>().Where(n => n.MailingId == mailingId);

    // State by state: in the order of the index, each is read no further than its batch.
    private static async Task<int> ApplyAsync(
        NotificationsDbContext db, NotificationEvent on, long mailingId, DateTimeOffset now, CancellationToken ct, string condition = "")
    {
        var rows = 0;
        foreach (var from in NotificationTransitions.Of(on).Select(t => t.From))
        {
            var some = $"""
                "Id" IN (SELECT "Id" FROM "Notifications" WHERE "MailingId" = @mailing AND "State" = {States.Of(from)}{condition}
                    ORDER BY "Id" LIMIT {Size - rows})
                """;
            rows += rows < Size ? await db.ApplyAsync(on, from, some, now, ct, ("@mailing", mailingId)) : 0;
        }

        return rows;
    }
}
