using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Control;

/// <summary>
/// What a person does with a mailing. The sender takes nothing of a mailing that is not active, so a control is obeyed at once; its
/// notifications follow, the first 20,000 in the call and the rest through <see cref="ControlSweep"/>. Doing what is done already is done.
/// </summary>
public sealed class MailingControl(ControlTransaction write, ControlSweep sweep, AuditLog audit, TimeProvider time)
{
    public Task<ControlResult> PauseAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) =>
        SetAsync(rulesetId, mailingId, MailingState.Paused, AuditAction.MailingPaused, by, ct);

    public Task<ControlResult> ResumeAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) =>
        SetAsync(rulesetId, mailingId, MailingState.Active, AuditAction.MailingResumed, by, ct);

    /// <summary>For ever: what waits is not sent. What is in hand may still go.</summary>
    public Task<ControlResult> CancelAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) =>
        SetAsync(rulesetId, mailingId, MailingState.Cancelled, AuditAction.MailingCancelled, by, ct);

    /// <summary>With its notifications, attempts, bodies and attachments. What counts against the provider's limits stays counted.</summary>
    public Task<ControlResult> DeleteAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) =>
        SetAsync(rulesetId, mailingId, MailingState.Deleting, AuditAction.MailingDeleted, by, ct);

    /// <summary>Those that failed go again, all of them within the call, each with all its attempts anew and its own Message-ID.</summary>
    public async Task<ControlResult> RetryFailedAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct)
    {
        var (result, mailboxId) = await write.RunAsync(rulesetId, async db =>
        {
            var mailing = await FindAsync(db, rulesetId, mailingId, ct);
            var refused = mailing is null ? new ControlResult.NotFound() : MailingRules.RefuseRetry(mailing);
            if (refused is not null)
            {
                return (refused, 0);
            }

            audit.Add(db, rulesetId, by, AuditAction.MailingRetried, Target(mailing!), $"{mailing!.Failed} failed");
            await RowPortions.RetryAsync(db, mailing, time.GetUtcNow(), ct);
            await ControlTransaction.RaiseAsync(db, mailing.MailboxId, ct);
            return ((ControlResult)new ControlResult.Done(mailingId), mailing.MailboxId);
        }, ct);
        if (result is ControlResult.Done)
        {
            await RetryRestAsync(rulesetId, mailingId, time.GetUtcNow(), ct);
            write.Announce(mailboxId);
        }

        return result;
    }

    private async Task RetryRestAsync(Guid rulesetId, long mailingId, DateTimeOffset decidedAt, CancellationToken ct)
    {
        int rows;
        do
        {
            rows = await write.RunAsync(rulesetId, async db =>
            {
                var mailing = await db.Set<Mailing>().SingleOrDefaultAsync(m => m.Id == mailingId, ct);
                return mailing is null || MailingRules.RefuseRetry(mailing) is not null
                    ? 0
                    : await RowPortions.RetryAsync(db, mailing, decidedAt, ct);
            }, ct);
        }
        while (rows == RowPortions.Size);
    }

    private async Task<ControlResult> SetAsync(Guid rulesetId, long mailingId, MailingState wanted, AuditAction action, string by, CancellationToken ct)
    {
        var (result, mailboxId) = await write.RunAsync(rulesetId, async db =>
        {
            var mailing = await FindAsync(db, rulesetId, mailingId, ct);
            var refused = mailing is null ? new ControlResult.NotFound() : MailingRules.Refuse(mailing, wanted);
            if (refused is not null || mailing!.State == wanted)
            {
                return (refused ?? new ControlResult.Done(mailingId), 0);
            }

            (mailing.State, mailing.RowsFollow) = (wanted, true);
            await ControlTransaction.RaiseAsync(db, mailing.MailboxId, ct);
            audit.Add(db, rulesetId, by, action, Target(mailing), MailingRules.Waiting(mailing) is > 0 and var waiting ? $"{waiting} waiting" : null);
            return (new ControlResult.Done(mailingId), mailing.MailboxId);
        }, ct);
        if (mailboxId != 0)
        {
            write.Announce(mailboxId);
            await sweep.StartAsync(mailboxId, ct);
        }

        return result;
    }

    /// <summary>One that is being handed in was never acknowledged, and one that is being deleted is gone for everybody.</summary>
    private static Task<Mailing?> FindAsync(NotificationsDbContext db, Guid rulesetId, long mailingId, CancellationToken ct) =>
        db.Set<Mailing>().SingleOrDefaultAsync(
            m => m.Id == mailingId && m.State != MailingState.Receiving && m.State != MailingState.Deleting
                && db.Set<Mailbox>().Any(b => b.Id == m.MailboxId && b.RulesetId == rulesetId), ct);

    private static string Target(Mailing mailing) => mailing.OfOne ? $"mailing {mailing.Id}" : $"mailing {mailing.Id} {mailing.Name}";
}
