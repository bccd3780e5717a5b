using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Control;

/// <summary>What a person does with one notification. Doing what is done already is done.</summary>
public sealed class NotificationControl(ControlTransaction write, AuditLog audit, TimeProvider time)
{
    /// <summary>One that is in a sender's hand is withdrawn unless the server has it already.</summary>
    public Task<ControlResult> CancelAsync(Guid rulesetId, long notificationId, string by, CancellationToken ct) =>
        ChangeAsync(rulesetId, notificationId, by, AuditAction.NotificationCancelled, (db, found) => CancelAsync(db, found, ct), ct);

    /// <summary>
    /// Sends it again: one that did not go, or may not have gone, under its own Message-ID; of one that was sent a copy as a new
    /// notification, because one Message-ID is one message; likewise of one whose mailing is cancelled, which takes nothing any more.
    /// </summary>
    public Task<ControlResult> ResendAsync(Guid rulesetId, long notificationId, string by, CancellationToken ct) =>
        ChangeAsync(rulesetId, notificationId, by, AuditAction.NotificationResent, (db, found) => ResendAsync(db, found, by, ct), ct);

    /// <summary>Ends the doubt about a notification: it arrived, or it is sent again.</summary>
    public Task<ControlResult> SettleAsync(Guid rulesetId, long notificationId, DoubtVerdict verdict, string by, CancellationToken ct) =>
        ChangeAsync(rulesetId, notificationId, by, AuditAction.NotificationSettled, (db, found) => SettleAsync(db, found, verdict, by, ct), ct);

    private async Task<ControlResult> ChangeAsync(
        Guid rulesetId, long id, string by, AuditAction action, Func<NotificationsDbContext, Found, Task<ControlResult>> change, CancellationToken ct)
    {
        var (result, mailboxId) = await write.RunAsync(rulesetId, async db =>
        {
            if (await FindAsync(db, rulesetId, id, ct) is not { } found)
            {
                return (new ControlResult.NotFound(), 0);
            }

            var was = found.Row.State;
            var result = await change(db, found);
            if (result is not ControlResult.Done done
                || (was is (NotificationState.Cancelled or NotificationState.Canceling) && action == AuditAction.NotificationCancelled))
            {
                return (result, 0);
            }

            await ControlTransaction.RaiseAsync(db, found.Row.MailboxId, ct);
            audit.Add(db, rulesetId, by, action, $"notification {id}", done.Id == id ? $"it was {NotificationRules.InWords(was)}" : $"a copy: notification {done.Id}");
            return (result, found.Row.MailboxId);
        }, ct);
        if (mailboxId != 0)
        {
            write.Announce(mailboxId);
        }

        return result;
    }

    private async Task<ControlResult> CancelAsync(NotificationsDbContext db, Found found, CancellationToken ct)
    {
        var (row, _) = found;
        if (row.State is NotificationState.Cancelled)
        {
            return new ControlResult.Done(row.Id);
        }

        if (row.State is not NotificationState.Canceling && await ApplyAsync(db, NotificationEvent.Cancel, row, ct) == 0)
        {
            return new ControlResult.NotPossible($"It cannot be canceled any more: it {NotificationRules.Is(row.State)}.");
        }

        if (await db.Set<Notification>().AnyAsync(n => n.Id == row.Id && n.State == NotificationState.InDoubt, ct))
        {
            return new ControlResult.Done(row.Id, "It is not sent again. An earlier attempt is unconfirmed: it may have been delivered.");
        }

        return row.State is NotificationState.Claimed or NotificationState.Canceling
            ? new ControlResult.Done(row.Id, "It is being sent. It is canceled unless the server already has it.")
            : new ControlResult.Done(row.Id);
    }

    private async Task<ControlResult> ResendAsync(NotificationsDbContext db, Found found, string by, CancellationToken ct) =>
        NotificationRules.RefuseResend(found.Row, found.Mailing)
        ?? (NotificationRules.ResendsAsCopy(found.Row, found.Mailing)
            ? new ControlResult.Done(await NotificationCopy.MakeAsync(db, found.Row, found.Mailing, by, time.GetUtcNow(), ct), "A copy goes as a new notification.")
            : await RequeueAsync(db, found, ct));

    private async Task<ControlResult> SettleAsync(NotificationsDbContext db, Found found, DoubtVerdict verdict, string by, CancellationToken ct)
    {
        var (row, mailing) = found;
        if (row.State != NotificationState.InDoubt)
        {
            return new ControlResult.NotPossible($"There is no doubt about it: it {NotificationRules.Is(row.State)}.");
        }

        if (verdict == DoubtVerdict.SendAgain)
        {
            return await ResendAsync(db, found, by, ct);
        }

        await ApplyAsync(db, NotificationEvent.ConfirmDelivered, row, ct);
        return new ControlResult.Done(row.Id);
    }

    private async Task<ControlResult> RequeueAsync(NotificationsDbContext db, Found found, CancellationToken ct)
    {
        await ApplyAsync(db, NotificationEvent.Resend, found.Row, ct);
        return new ControlResult.Done(found.Row.Id);
    }

    private Task<int> ApplyAsync(NotificationsDbContext db, NotificationEvent on, Notification row, CancellationToken ct) =>
        NotificationTransitions.Next(row.State, on) is null
            ? Task.FromResult(0)
            : db.ApplyAsync(on, row.State, "\"Id\" = @id", time.GetUtcNow(), ct, ("@id", row.Id));

    private static async Task<Found?> FindAsync(NotificationsDbContext db, Guid rulesetId, long id, CancellationToken ct)
    {
        if (await db.FindMailboxIdAsync(rulesetId, ct) is not { } mailboxId
            || await db.Set<Notification>().AsNoTracking()
                .SingleOrDefaultAsync(n => n.Id == id && n.MailboxId == mailboxId, ct) is not { } row)
        {
            return null;
        }

        var mailing = await db.Set<Mailing>().AsNoTracking().SingleAsync(m => m.Id == row.MailingId, ct);
        return mailing.State is MailingState.Receiving or MailingState.Deleting ? null : new Found(row, mailing);
    }

    private sealed record Found(Notification Row, Mailing Mailing);
}
