using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Whether a mailbox may send, and what its sender found out. Only the owner writes here; persons hold and resume elsewhere.</summary>
public sealed partial class MailboxStates(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, AuditLog audit,
    DeliverySignals signals, TimeProvider time)
{
    private const string Program = "Signify Notifications";
    private const int MostWords = 2000;

    /// <summary>All in one look: of thousands of mailboxes with work each asks this every second.</summary>
    public async Task<MailboxState> ReadAsync(int mailboxId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var overdue = ControlSweep.IsOverdue(now);
        var query =
            from m in db.Set<Mailbox>()
            where m.Id == mailboxId
            join r in db.Set<SettingsRevision>().Where(r => r.State == RevisionState.Active) on m.RulesetId equals r.RulesetId into active
            from r in active.DefaultIfEmpty()
            select new MailboxState(m.RulesetId, m.Epoch, m.ControlVersion, m.Hold, m.HeldAt, m.WaitUntil, m.WaitCode, m.Waits,
                m.PaceShare, m.PaceSharedAt, (Guid?)r.Id, r.PassedAt,
                // By the row's own ID: what hangs on nothing of the row, EF asks beforehand, one question each.
                db.Set<Mailing>().Any(f => f.MailboxId == m.Id && f.RowsFollow)
                    || db.Set<Notification>().Where(overdue).Any(n => n.MailboxId == m.Id),
                db.Set<Notification>().Any(n => n.MailboxId == m.Id && n.State == NotificationState.Scheduled && n.DueAt <= now),
                db.Set<Notification>().Any(n => n.MailboxId == m.Id && n.State == NotificationState.Queued
                    && n.Priority == Priority.Urgent));
        return await query.AsNoTracking().SingleAsync(ct);
    }

    public async Task<SettingsRevision> ActiveRevisionAsync(Guid revisionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<SettingsRevision>().AsNoTracking().SingleAsync(r => r.Id == revisionId, ct);
    }

    /// <summary>What counts against the provider's windows still, oldest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, int Recipients)>> SentAsync(int mailboxId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var since = time.GetUtcNow().AddHours(-24);
        var sends = await db.Set<PacedSend>().AsNoTracking().Where(s => s.MailboxId == mailboxId && s.At > since)
            .OrderBy(s => s.At).Select(s => new { s.At, s.Recipients }).ToListAsync(ct);
        return [.. sends.Select(s => (s.At, s.Recipients))];
    }

    /// <summary>Stops sending until someone mends it. One alert: nothing happens when it is held already.</summary>
    /// <returns>Whether this call held it.</returns>
    public async Task<bool> HoldAsync(int mailboxId, long epoch, Hold hold, Finding reason, string? words, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        var now = time.GetUtcNow();
        var told = Shorten(words is null ? reason.Message : $"{reason.Message} The server said: {words}");
        var changed = await db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch && m.Hold == Hold.None).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Hold, hold).SetProperty(m => m.HeldAt, now).SetProperty(m => m.HeldBy, (string?)null)
            .SetProperty(m => m.HoldCode, reason.Code).SetProperty(m => m.HoldWords, told)
            .SetProperty(m => m.ControlVersion, m => m.ControlVersion + 1), ct);
        if (changed == 1)
        {
            await ForgetFuturePassAsync(db, mailboxId, now, ct);
            var rulesetId = await db.Set<Mailbox>().Where(m => m.Id == mailboxId).Select(m => m.RulesetId).SingleAsync(ct);
            audit.Add(db, rulesetId, Program, AuditAction.SendingHeld, reason.Code.ToCode(), told);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        signals.Changed(mailboxId);
        return changed == 1;
    }

    /// <summary>Ends a hold for the configuration, after a passing check.</summary>
    public async Task LiftAsync(int mailboxId, long epoch, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForMailboxAsync(mailboxId, ct);
        var changed = await db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch && m.Hold == Hold.Configuration).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Hold, Hold.None).SetProperty(m => m.HeldAt, (DateTimeOffset?)null)
            .SetProperty(m => m.HoldCode, (FindingCode?)null).SetProperty(m => m.HoldWords, (string?)null)
            .SetProperty(m => m.WaitUntil, (DateTimeOffset?)null).SetProperty(m => m.WaitCode, (FindingCode?)null)
            .SetProperty(m => m.WaitWords, (string?)null).SetProperty(m => m.Waits, 0)
            .SetProperty(m => m.ControlVersion, m => m.ControlVersion + 1), ct);
        if (changed == 1)
        {
            var rulesetId = await db.Set<Mailbox>().Where(m => m.Id == mailboxId).Select(m => m.RulesetId).SingleAsync(ct);
            audit.Add(db, rulesetId, Program, AuditAction.SendingResumed, "sending", "A check of the settings passed.");
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        signals.Changed(mailboxId);
    }

    /// <summary>Nothing is tried for so long, at most <see cref="WaitSchedule.Longest"/>.</summary>
    public async Task WaitAsync(int mailboxId, long epoch, TimeSpan wait, int waits, double paceShare, Finding reason,
        string? words, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var until = now + Bounded(wait);
        var told = Shorten(words is null ? reason.Message : $"{reason.Message} The server said: {words}");
        var changed = await db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.WaitUntil, until).SetProperty(m => m.WaitCode, reason.Code).SetProperty(m => m.WaitWords, told)
            .SetProperty(m => m.Waits, waits).SetProperty(m => m.PaceShare, paceShare).SetProperty(m => m.PaceSharedAt, now), ct);
        await ForgetFuturePassAsync(db, mailboxId, now, ct);
        if (changed == 1)
        {
            _waits.Began(mailboxId, until, Bounded(wait));
        }

        signals.Changed(mailboxId);
    }

    /// <summary>The server accepts messages again: the next wait starts small.</summary>
    /// <param name="known">The wait that was recorded when sending began; one that was set since stays.</param>
    public async Task WentWellAsync(int mailboxId, long epoch, DateTimeOffset? known, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch && m.WaitUntil == known).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.WaitUntil, (DateTimeOffset?)null).SetProperty(m => m.WaitCode, (FindingCode?)null)
            .SetProperty(m => m.WaitWords, (string?)null).SetProperty(m => m.Waits, 0), ct);
    }

    private static string Shorten(string words) => words.Length <= MostWords ? words : words[..MostWords];
}
