using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

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
        var others = await OthersAsync(rulesetId, ct);
        var done = await write.RunAsync(rulesetId, others, async db =>
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

            await LiftAsync(db, others, ct);
            return new ControlResult.Done(mailbox.Id);
        }, ct);
        write.Announce((int)done.Id);
        others.ForEach(write.Announce);
        return done;
    }

    private async Task<List<int>> OthersAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await write.ReadAsync(ct);
        return await db.FindMailboxIdAsync(rulesetId, ct) is { } id ? await SharedMailbox.OthersAsync(db, id, ct) : [];
    }

    // A wait that the provider asked for is that of all rulesets that send from the mailbox: with one left, the sender would wait again.
    // Their holds stay.
    private static async Task LiftAsync(NotificationsDbContext db, List<int> mailboxIds, CancellationToken ct)
    {
        var waiting = await db.Set<Mailbox>().Where(m => mailboxIds.Contains(m.Id) && m.WaitCode != null).ToListAsync(ct);
        foreach (var mailbox in waiting.Where(m => SharedMailbox.Concerns(m.WaitCode!.Value)))
        {
            (mailbox.WaitUntil, mailbox.WaitCode, mailbox.WaitWords, mailbox.Waits) = (null, null, null, 0);
            mailbox.ControlVersion++;
        }
    }
}
