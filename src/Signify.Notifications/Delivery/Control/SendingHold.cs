using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Control;

/// <summary>Stops and restarts sending for a ruleset.</summary>
public sealed class SendingHold(ControlTransaction write, AuditLog audit, TimeProvider time)
{
    /// <summary>Obeyed just before each message's DATA. A hold that the program set becomes a person's: it no longer goes by itself.</summary>
    /// <param name="by">As in the audit log.</param>
    /// <returns>The mailbox; done also when a person held it already.</returns>
    public async Task<ControlResult> HoldAsync(Guid rulesetId, string by, CancellationToken ct)
    {
        var done = await write.RunAsync(rulesetId, async db =>
        {
            var mailbox = await db.MailboxAsync(rulesetId, ct);
            if (mailbox.Hold != Hold.Person)
            {
                (mailbox.Hold, mailbox.HeldAt, mailbox.HeldBy) = (Hold.Person, time.GetUtcNow(), by);
                (mailbox.HoldCode, mailbox.HoldWords) = (null, null);
                mailbox.ControlVersion++;
                audit.Add(db, rulesetId, by, AuditAction.SendingHeld, "sending");
            }

            return new ControlResult.Done(mailbox.Id);
        }, ct);
        write.Announce((int)done.Id);
        return done;
    }

    /// <summary>Lifts every hold, whoever set it, and every wait.</summary>
    /// <returns>The mailbox; done also when nothing held it.</returns>
    public async Task<ControlResult> ResumeAsync(Guid rulesetId, string by, CancellationToken ct)
    {
        var done = await write.RunAsync(rulesetId, async db =>
        {
            var mailbox = await db.MailboxAsync(rulesetId, ct);
            if (mailbox.Hold != Hold.None || mailbox.WaitUntil is not null)
            {
                var was = mailbox.Hold == Hold.None ? "it waited" : $"the hold was: {mailbox.Hold}";
                (mailbox.Hold, mailbox.HeldAt, mailbox.HeldBy, mailbox.HoldCode, mailbox.HoldWords) = (Hold.None, null, null, null, null);
                (mailbox.WaitUntil, mailbox.WaitCode, mailbox.WaitWords, mailbox.Waits) = (null, null, null, 0);
                mailbox.ControlVersion++;
                audit.Add(db, rulesetId, by, AuditAction.SendingResumed, "sending", was);
            }

            return new ControlResult.Done(mailbox.Id);
        }, ct);
        write.Announce((int)done.Id);
        await LiftForOthersAsync((int)done.Id, ct);
        return done;
    }

    // A wait that the provider asked for is that of all rulesets that send from the mailbox. Their holds stay.
    private async Task LiftForOthersAsync(int mailboxId, CancellationToken ct)
    {
        await using var reading = await write.ReadAsync(ct);
        var others = await SharedMailbox.OthersAsync(reading, mailboxId, ct);
        if (others.Count == 0)
        {
            return;
        }

        await write.RunAsync(others, async db =>
        {
            var waiting = await db.Set<Mailbox>().Where(m => others.Contains(m.Id) && m.WaitCode != null).ToListAsync(ct);
            foreach (var mailbox in waiting.Where(m => SharedMailbox.Concerns(m.WaitCode!.Value)))
            {
                (mailbox.WaitUntil, mailbox.WaitCode, mailbox.WaitWords, mailbox.Waits) = (null, null, null, 0);
                mailbox.ControlVersion++;
            }

            return waiting.Count;
        }, ct);
        others.ForEach(write.Announce);
    }
}
