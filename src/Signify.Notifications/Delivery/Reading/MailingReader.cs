using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>The mailings of a ruleset and their progress.</summary>
public sealed class MailingReader(IDbContextFactory<NotificationsDbContext> contexts, AllowedPace pace, TimeProvider time)
{
    /// <summary>Newest first; single notifications are not among them.</summary>
    /// <exception cref="FormatException"><paramref name="page"/> names a place that this list never gave.</exception>
    public async Task<Listed<MailingRow>> ListAsync(Guid rulesetId, PageOf page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var mailbox = await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.RulesetId == rulesetId, ct);
        var found = await Part(db, mailbox?.Id ?? 0, page).Take(page.Size + 1).ToListAsync(ct);
        var hold = HoldView.Of(mailbox, time.GetUtcNow()) with { HasSettings = (await pace.ReadActiveAsync(rulesetId, ct)).HasSettings };
        return Paging.Of(found.Select(m => MailingStatusWords.Row(m, hold, time.GetUtcNow())), page, row => Paging.Place(row.Id));
    }

    /// <returns>Null when the ruleset has none of that number, or it is being deleted.</returns>
    public async Task<MailingDetails?> FindAsync(Guid rulesetId, long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var mailbox = await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.RulesetId == rulesetId, ct);
        var mailing = await db.Set<Mailing>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (mailbox is null || mailing is null || mailing.MailboxId != mailbox.Id || mailing.State is MailingState.Receiving or MailingState.Deleting)
        {
            return null;
        }

        var (limits, _, hasSettings) = await pace.ReadActiveAsync(rulesetId, ct);
        return await DetailsAsync(db, mailing, HoldView.Of(mailbox, time.GetUtcNow()) with { HasSettings = hasSettings }, limits, ct);
    }

    internal async Task<MailingDetails> DetailsAsync(NotificationsDbContext db, Mailing mailing, HoldView hold, PaceLimits limits, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var row = MailingStatusWords.Row(mailing, hold, now);
        var inHand = await WaitingCounts.InHandOf(db, mailing.MailboxId).CountAsync(n => n.MailingId == mailing.Id, ct);
        var waiting = Math.Max(0, row.Counts.Waiting - inHand);
        var paused = mailing.State == MailingState.Paused ? waiting : 0;
        var scheduled = paused > 0 || waiting == 0 ? default
            : BoundedCount.Of(await Scheduled(db, mailing, now).Take(BoundedCount.Limit + 1).CountAsync(ct));
        var perMinute = await MailingRate.PerMinuteAsync(db, mailing, now, ct);
        var subject = await db.Set<MailingContent>().Where(c => c.MailingId == mailing.Id).Select(c => c.Subject).SingleOrDefaultAsync(ct);
        return new MailingDetails(
            row,
            (int)Math.Max(0, waiting - paused - scheduled.Value),
            scheduled,
            paused,
            inHand,
            perMinute,
            MailingRate.End(row, perMinute, limits, hold, now),
            mailing.OnDoubt,
            mailing.OfOne,
            mailing.FirstSentAt,
            mailing.LastSentAt,
            subject ?? "",
            await db.Set<MailingAttachment>().CountAsync(a => a.MailingId == mailing.Id, ct),
            Can(mailing));
    }

    private static MailingActions Can(Mailing m) => new(
        Pause: m.State == MailingState.Active && MailingRules.Refuse(m, MailingState.Paused) is null,
        Resume: m.State == MailingState.Paused,
        Cancel: m.State != MailingState.Cancelled && MailingRules.Refuse(m, MailingState.Cancelled) is null,
        RetryFailed: MailingRules.RefuseRetry(m) is null,
        Delete: true);

    /// <summary>With those that the control sweep has yet to schedule.</summary>
    private static IQueryable<Notification> Scheduled(NotificationsDbContext db, Mailing mailing, DateTimeOffset now)
    {
        var rows = db.Set<Notification>().Where(n => n.MailingId == mailing.Id);
        return mailing.RowsFollow && mailing.NotBefore > now
            ? rows.Where(n => n.State == NotificationState.Scheduled || n.State == NotificationState.Paused)
            : rows.Where(n => n.State == NotificationState.Scheduled);
    }

    internal static IQueryable<Mailing> Part(NotificationsDbContext db, int mailboxId, PageOf page)
    {
        // A value to compare with: "not of one" is nothing that SQLite looks up in an index.
        var ofOne = false;
        var listed = db.Set<Mailing>().AsNoTracking()
            .Where(m => m.MailboxId == mailboxId && m.OfOne == ofOne && m.State != MailingState.Receiving && m.State != MailingState.Deleting);
        if (page.After is null && page.Before is { } before)
        {
            var above = Paging.Id(before);
            return listed.Where(m => m.Id > above).OrderBy(m => m.Id);
        }

        var below = page.After is { } after ? Paging.Id(after) : long.MaxValue;
        return listed.Where(m => m.Id < below).OrderByDescending(m => m.Id);
    }
}
