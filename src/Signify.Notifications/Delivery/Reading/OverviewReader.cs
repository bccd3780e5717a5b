using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>What the Overview page shows. Costs the same with a million rows as with none: it reads counters and bounded counts.</summary>
public sealed class OverviewReader(IDbContextFactory<NotificationsDbContext> contexts, AllowedPace pace, TimeProvider time)
{
    public async Task<Overview> ReadAsync(Guid rulesetId, CancellationToken ct)
    {
        var (limits, key, hasSettings) = await pace.ReadActiveAsync(rulesetId, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var mailbox = await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.RulesetId == rulesetId, ct);
        var id = mailbox?.Id ?? 0;
        var now = time.GetUtcNow();
        var waiting = await WaitingCounts.ReadAsync(db, id, ct);
        var sends = await SentOfLate.ReadAsync(db, id, key, limits, now, ct);
        var today = await db.Set<OutcomeTally>().Where(t => t.MailboxId == id && t.At >= new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero)).ToListAsync(ct);
        return new Overview(
            now,
            waiting.Waiting,
            waiting.Paused,
            waiting.InHand,
            sends.InLastMinute,
            sends.RecipientsInDay,
            today.Sum(t => t.Sent),
            today.Sum(t => t.Failed),
            BoundedCount.Of(await InDoubt(db, id).Take(BoundedCount.Limit + 1).CountAsync(ct)),
            waiting.Oldest,
            sends.NextWindow,
            limits,
            mailbox?.PaceShare ?? 1,
            HoldView.Of(mailbox, now) with { HasSettings = hasSettings })
        {
            MailboxShared = key is not null && await SharedMailbox.Of(db, key).AnyAsync(m => m.RulesetId != rulesetId, ct),
        };
    }

    /// <summary>25 hours: the last 24 whole ones, oldest first, and the one that runs. Those without an outcome stand in it with 0.</summary>
    public async Task<IReadOnlyList<ChartHour>> ChartAsync(Guid rulesetId, CancellationToken ct)
    {
        var allowed = (await pace.ReadAsync(rulesetId, ct)).PerMinute * 60;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await db.FindMailboxIdAsync(rulesetId, ct) ?? 0;
        var first = Hour(time.GetUtcNow()).AddHours(-24);
        var tallies = await db.Set<OutcomeTally>().AsNoTracking().Where(t => t.MailboxId == id && t.At >= first).ToListAsync(ct);
        var byHour = tallies.ToLookup(t => Hour(t.At));
        return [.. Enumerable.Range(0, 25).Select(i => first.AddHours(i)).Select(at => new ChartHour(at, byHour[at].Sum(t => t.Sent), byHour[at].Sum(t => t.Failed), allowed))];
    }

    public async Task<HoldView> HoldAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return HoldView.Of(await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(m => m.RulesetId == rulesetId, ct), time.GetUtcNow());
    }

    // ">= Sent" is what lets SQLite see that the partial index has them all.
    internal static IQueryable<Notification> InDoubt(NotificationsDbContext db, int mailboxId) => db.Set<Notification>()
        .Where(n => n.MailboxId == mailboxId && n.State >= NotificationState.Sent && n.State == NotificationState.InDoubt);

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
