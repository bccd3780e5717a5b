using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Retention;

/// <summary>
/// Deletes what was kept long enough: finished mailings with their bodies, attachments, notifications, addresses and attempts, and
/// counts that no window and no chart looks at any more. What still counts against the provider's limits stays.
/// </summary>
public sealed class RetentionSweep(ControlTransaction write, ControlSweep control, IOptions<RetentionOptions> options, TimeProvider time)
{
    /// <summary>Notifications in one transaction, counted by their mailings' totals.</summary>
    private const int Portion = RowPortions.Size;

    private const int MostMailings = 500;

    // An hour longer than the longest window, for clocks that step.
    private static readonly TimeSpan KeepPacedSends = TimeSpan.FromHours(25);
    private static readonly TimeSpan KeepTallies = TimeSpan.FromDays(8);

    /// <summary>At most one transaction of some thousand rows for each mailbox.</summary>
    /// <returns>Whether it deleted something: call it again, then there may be more.</returns>
    public async Task<bool> RunPortionAsync(CancellationToken ct)
    {
        var some = false;
        foreach (var mailbox in await DueAsync(ct))
        {
            some |= await RunPortionAsync(mailbox.Id, mailbox.RetentionDays, ct);
        }

        return some;
    }

    /// <summary>The mailboxes that have something to delete or to bring round, in one question: of thousands few have.</summary>
    private async Task<List<Look>> DueAsync(CancellationToken ct)
    {
        await using var db = await write.ReadAsync(ct);
        var now = time.GetUtcNow();
        var (sends, tallies, overdue) = (now - KeepPacedSends, now - KeepTallies, ControlSweep.IsOverdue(now));
        var looks = await db.Set<Mailbox>().AsNoTracking().Select(b => new Look(
            b.Id, b.RetentionDays,
            db.Set<Mailing>().Where(m => m.MailboxId == b.Id && m.OfOne).OrderBy(m => m.Id).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefault(),
            db.Set<Mailing>().Where(m => m.MailboxId == b.Id && !m.OfOne).OrderBy(m => m.Id).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefault(),
            db.Set<Mailing>().Any(m => m.MailboxId == b.Id && m.RowsFollow)
                || db.Set<Notification>().Where(overdue).Any(n => n.MailboxId == b.Id)
                || db.Set<PacedSend>().Any(s => s.MailboxId == b.Id && s.At < sends)
                || db.Set<OutcomeTally>().Any(t => t.MailboxId == b.Id && t.At < tallies))).ToListAsync(ct);
        return [.. looks.Where(l => l.Other || l.OldestOfOne < Before(l.RetentionDays) || l.OldestOfMany < Before(l.RetentionDays))];
    }

    private DateTimeOffset Before(int? keepDays) => time.GetUtcNow().AddDays(-(keepDays ?? options.Value.KeepDays));

    /// <summary>The same for one mailbox.</summary>
    /// <param name="keepDays">The ruleset's own choice; null: the operator's.</param>
    public async Task<bool> RunPortionAsync(int mailboxId, int? keepDays, CancellationToken ct)
    {
        await using var db = await write.ReadAsync(ct);
        var before = Before(keepDays);
        // Where no sender runs nobody else deletes what a person deleted.
        var some = await control.RunPortionAsync(mailboxId, ct);
        some |= await MailingsAsync(db, mailboxId, before, ct);
        return some | await CountsAsync(db, mailboxId, ct);
    }

    private async Task<bool> MailingsAsync(NotificationsDbContext db, int mailboxId, DateTimeOffset before, CancellationToken ct)
    {
        var old = await OutlivedAsync(db, mailboxId, ofOne: true, before, ct);
        old.AddRange(await OutlivedAsync(db, mailboxId, ofOne: false, before, ct));
        if (old.Count == 0)
        {
            return false;
        }

        var (rows, fits) = (0, new List<long>());
        foreach (var mailing in old.TakeWhile(m => (rows += m.Total) <= Portion))
        {
            fits.Add(mailing.Id);
        }

        var deleted = await (fits.Count > 0
            ? DeleteAsync(mailboxId, fits, before, ct)
            : DeleteLargeAsync(mailboxId, old[0].Id, before, ct));
        write.Announce(mailboxId);
        return deleted > 0;
    }

    // A resend or a retry may have come between the query and this transaction: the rule is asked again in it.
    private Task<int> DeleteAsync(int mailboxId, List<long> mailings, DateTimeOffset before, CancellationToken ct) => write.RunAsync(
        mailboxId, db => db.Set<Mailing>().Where(m => mailings.Contains(m.Id)).Where(IsOutlived(before)).ExecuteDeleteAsync(ct), ct);

    /// <summary>Marks it, so that no page shows half of it; the control sweep deletes its rows batch by batch.</summary>
    private Task<int> DeleteLargeAsync(int mailboxId, long mailing, DateTimeOffset before, CancellationToken ct) => write.RunAsync(
        mailboxId, db => db.Set<Mailing>().Where(m => m.Id == mailing).Where(IsOutlived(before)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, MailingState.Deleting).SetProperty(m => m.RowsFollow, true), ct), ct);

    private async Task<bool> CountsAsync(NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        var (sends, tallies) = (time.GetUtcNow() - KeepPacedSends, time.GetUtcNow() - KeepTallies);
        return (await db.Set<PacedSend>().AnyAsync(s => s.MailboxId == mailboxId && s.At < sends, ct)
                || await db.Set<OutcomeTally>().AnyAsync(t => t.MailboxId == mailboxId && t.At < tallies, ct))
            && await write.RunAsync(mailboxId, async turn =>
                await turn.Set<PacedSend>().Where(s => s.MailboxId == mailboxId && s.At < sends).OrderBy(s => s.At).Take(Portion).ExecuteDeleteAsync(ct)
                + await turn.Set<OutcomeTally>().Where(t => t.MailboxId == mailboxId && t.At < tallies).ExecuteDeleteAsync(ct), ct) > 0;
    }

    /// <summary>Oldest first, up to the first mailing that is younger.</summary>
    private static async Task<List<Mailing>> OutlivedAsync(NotificationsDbContext db, int mailboxId, bool ofOne,
        DateTimeOffset before, CancellationToken ct)
    {
        var (outlived, isOutlived) = (new List<Mailing>(), IsOutlived(before).Compile(preferInterpretation: true));
        for (var after = 0L; outlived.Count < MostMailings;)
        {
            // Not filtered in SQL: the index then ends the query after the first rows.
            var next = await OldestFirst(db, mailboxId, ofOne, after).ToListAsync(ct);
            outlived.AddRange(next.Where(isOutlived));
            if (next.Count < MostMailings || next[^1].CreatedAt >= before)
            {
                break;
            }

            after = next[^1].Id;
        }

        return outlived;
    }

    internal static IQueryable<Mailing> OldestFirst(NotificationsDbContext db, int mailboxId, bool ofOne, long after) =>
        db.Set<Mailing>().AsNoTracking()
        .Where(m => m.MailboxId == mailboxId && m.OfOne == ofOne && m.Id > after).OrderBy(m => m.Id).Take(MostMailings);

    /// <summary>Created and last sent before the time, with nothing left to send.</summary>
    private static Expression<Func<Mailing, bool>> IsOutlived(DateTimeOffset before) =>
        m => m.CreatedAt < before && (m.LastSentAt == null || m.LastSentAt < before)
            && (m.State == MailingState.Active || m.State == MailingState.Paused || m.State == MailingState.Cancelled)
            && m.Total == m.Sent + m.Failed + m.InDoubt + m.Cancelled + m.Expired;

    private sealed record Look(int Id, int? RetentionDays, DateTimeOffset? OldestOfOne, DateTimeOffset? OldestOfMany, bool Other);
}
