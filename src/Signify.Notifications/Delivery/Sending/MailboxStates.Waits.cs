using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Waits: of one ruleset, and those that the provider asked for, which all rulesets that send from the mailbox share.</summary>
public sealed partial class MailboxStates
{
    /// <summary>
    /// Nothing is tried for so long, at most <see cref="WaitSchedule.Longest"/>. A wait that the provider asked for is also that of the
    /// other rulesets that send from the mailbox, and no ruleset shortens it while it lasts.
    /// </summary>
    /// <returns>Until when the mailbox waits.</returns>
    public async Task<DateTimeOffset> WaitAsync(
        int mailboxId, long epoch, TimeSpan wait, int waits, double paceShare, Finding reason, string? words, CancellationToken ct)
    {
        // The wait begins with the response, not with the database's turn for it.
        var until = time.GetUtcNow() + Bounded(wait);
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var others = SharedMailbox.Concerns(reason.Code) ? await SharedMailbox.OthersAsync(db, mailboxId, ct) : [];
        await using var transaction = await db.BeginForMailboxesAsync([mailboxId, .. others], ct);
        var own = await db.Set<Mailbox>().SingleOrDefaultAsync(m => m.Id == mailboxId && m.Epoch == epoch, ct);
        if (own is null)
        {
            return until;
        }

        // Not before: a wait that was recorded meanwhile would look as if the clock had been set back since.
        var now = time.GetUtcNow();
        List<Mailbox> rows = [own, .. await db.Set<Mailbox>().Where(m => others.Contains(m.Id)).ToListAsync(ct)];
        rows.ForEach(m => ForgetFormer(m, own.MailboxKey));
        // Of its own, one for a network fault gives way: sending went on in spite of it.
        var begin = rows
            .Where(m => !(m.WaitUntil >= until && IsInForce(m, now) && (m != own || SharedMailbox.Concerns(m.WaitCode!.Value))))
            .ToList();
        begin.ForEach(m => (m.WaitUntil, m.WaitCode, m.WaitWords) = (until, reason.Code, Shorten(reason.Message)));
        if (words is not null && begin.Contains(own))
        {
            // Only its own ruleset sees the server's response, which may quote what was sent.
            own.WaitWords = Shorten($"{reason.Message} The server said: {words}");
        }

        own.Waits = waits;
        await SaveAsync(db, rows, paceShare, now, ct);
        await transaction.CommitAsync(ct);
        begin.ForEach(m => _waits.Began(m.Id, until, Bounded(wait)));
        rows.ForEach(m => signals.Changed(m.Id));
        return own.WaitUntil!.Value;
    }

    /// <summary>The server accepts messages again: the next wait starts small.</summary>
    /// <param name="known">As sending began; a wait that was recorded since, by whichever ruleset, stays.</param>
    public async Task WentWellAsync(int mailboxId, long epoch, MailboxState known, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<Mailbox>()
            .Where(m => m.Id == mailboxId && m.Epoch == epoch && m.WaitUntil == known.WaitUntil && m.PaceSharedAt == known.PaceSharedAt)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.WaitUntil, (DateTimeOffset?)null).SetProperty(m => m.WaitCode, (FindingCode?)null)
                .SetProperty(m => m.WaitWords, (string?)null).SetProperty(m => m.Waits, 0), ct);
    }

    /// <summary>The newest share of the pace and the provider's longest wait, among the rulesets that send from the mailbox.</summary>
    internal async Task<(double Share, DateTimeOffset? SharedAt, Mailbox? Waiting)> SharedAsync(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        // Not those that sent from another one until now: their wait is that of the other.
        var rows = await SharedMailbox.Of(db, key).AsNoTracking().Where(m => m.MailboxKey == key).ToListAsync(ct);
        var now = time.GetUtcNow();
        var newest = rows.MaxBy(m => m.PaceSharedAt);
        var waiting = rows.Where(m => m.WaitCode is { } code && SharedMailbox.Concerns(code) && IsInForce(m, now)).MaxBy(m => m.WaitUntil);
        return (newest?.PaceShare ?? 1, newest?.PaceSharedAt, waiting);
    }

    /// <summary>As long as another ruleset with the same mailbox does.</summary>
    internal async Task WaitLikeAsync(Mailbox other, int mailboxId, long epoch, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var changed = await db.Set<Mailbox>().Where(m => m.Id == mailboxId && m.Epoch == epoch).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.WaitUntil, other.WaitUntil).SetProperty(m => m.WaitCode, other.WaitCode)
            .SetProperty(m => m.WaitWords, Causes.MailboxShared.Told().Message)
            .SetProperty(m => m.PaceShare, other.PaceShare).SetProperty(m => m.PaceSharedAt, other.PaceSharedAt), ct);
        if (changed == 1 && other.WaitUntil is { } until)
        {
            _waits.Began(mailboxId, until, Bounded(until - time.GetUtcNow()));
        }

        signals.Changed(mailboxId);
    }

    // Not taken over since its settings name this mailbox: the wait that it has is that of its former one.
    private static void ForgetFormer(Mailbox mailbox, string? key)
    {
        if (mailbox.Owner is null && mailbox.MailboxKey != key)
        {
            (mailbox.MailboxKey, mailbox.WaitUntil, mailbox.WaitCode, mailbox.WaitWords, mailbox.Waits) = (key, null, null, null, 0);
        }
    }

    // Without a wait that is over by the monotonic clock, or that began in the future of a clock that was set back since.
    private bool IsInForce(Mailbox mailbox, DateTimeOffset now) =>
        mailbox.WaitUntil > now && !(mailbox.PaceSharedAt > now) && _waits.Left(mailbox.Id, mailbox.WaitUntil) != TimeSpan.Zero;

    private static async Task SaveAsync(
        NotificationsDbContext db, List<Mailbox> rows, double paceShare, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var mailbox in rows)
        {
            (mailbox.PaceShare, mailbox.PaceSharedAt) = (paceShare, now);
            await ForgetFuturePassAsync(db, mailbox.Id, now, ct);
        }

        await db.SaveChangesAsync(ct);
    }
}
