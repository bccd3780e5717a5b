using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Reads one notification.</summary>
public sealed class NotificationReader(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time)
{
    /// <returns>Null when the ruleset has none of that number, or its mailing is being deleted.</returns>
    public async Task<NotificationDetails?> FindAsync(Guid rulesetId, long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.FindMailboxIdAsync(rulesetId, ct) is not { } mailboxId
            || await db.Set<Notification>().AsNoTracking().SingleOrDefaultAsync(n => n.Id == id && n.MailboxId == mailboxId, ct) is not { } row)
        {
            return null;
        }

        // It may be deleted between the two.
        var mailing = await db.Set<Mailing>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == row.MailingId, ct);
        return mailing is null or { State: MailingState.Receiving or MailingState.Deleting }
            ? null
            : Of(row, mailing, time.GetUtcNow(), await db.Set<Attempt>().AsNoTracking().Where(a => a.NotificationId == id)
                .OrderBy(a => a.Number).ToListAsync(ct));
    }

    private static NotificationDetails Of(Notification n, Mailing mailing, DateTimeOffset now, IReadOnlyList<Attempt> attempts) => new(
        new ActivityRow(n.Id, n.MailingId, n.To, n.ToName, ShownStates.Of(n.State, mailing.State, n.DueAt, now), n.AcceptedAt,
            n.DueAt, n.EndedAt, n.Attempts),
        n.Cc,
        n.Fields,
        n.Priority,
        n.ExpiresAt,
        Paging.Place(n.Id) + mailing.MessageIdSuffix,
        mailing.Name,
        mailing.OfOne,
        mailing.State,
        mailing.OnDoubt,
        mailing.CreatedBy,
        attempts,
        new NotificationActions(
            Cancel: NotificationTransitions.Next(n.State, NotificationEvent.Cancel) is not null,
            Resend: NotificationRules.RefuseResend(n, mailing) is null,
            Settle: n.State == NotificationState.InDoubt));
}
