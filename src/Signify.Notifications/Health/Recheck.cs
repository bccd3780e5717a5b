using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Health;

/// <summary>Checks the active revision of a ruleset whose time has come, in one process of all. What came of it, the watch sees.</summary>
public sealed partial class Recheck(
    IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, SettingsStore settings, CheckRunner runner, TimeProvider time, ILogger<Recheck> logger)
{
    /// <summary>Who checks, in the audit log.</summary>
    public const string Program = "Signify Notifications";

    private static readonly TimeSpan Aside = TimeSpan.FromMinutes(5);

    /// <returns>Whether one was due: call it again, then there may be more.</returns>
    public async Task<bool> RunDueAsync(CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } rulesetId)
        {
            return false;
        }

        if ((await settings.ReadAsync(rulesetId, ct)).Active is not { } active)
        {
            return true;
        }

        if (runner.StartIfIdle(active, Program) is not { } check)
        {
            // Somebody checks a draft: theirs goes first.
            await MoveAsync(rulesetId, time.GetUtcNow() + Aside, ct);
            return true;
        }

        var report = await check.Completion.WaitAsync(ct);
        LogChecked(logger, rulesetId, report.Passed);
        return true;
    }

    /// <summary>Takes the one that is due longest. The update asks again for what was read: of two processes one gets it.</summary>
    private async Task<Guid?> ClaimAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<RulesetHealth>().AsNoTracking().Where(h => h.NextCheckAt <= now).OrderBy(h => h.NextCheckAt).FirstOrDefaultAsync(ct) is not { } due)
        {
            return null;
        }

        var barredUntil = await BarredUntilAsync(db, due.RulesetId, now, ct);
        using var held = await turn.TakeAsync(ct);
        var mine = await db.Set<RulesetHealth>().Where(h => h.RulesetId == due.RulesetId && h.Version == due.Version && h.NextCheckAt == due.NextCheckAt).ExecuteUpdateAsync(set => set
            .SetProperty(h => h.NextCheckAt, barredUntil ?? now + RecheckSchedule.Lease)
            .SetProperty(h => h.ClaimedAt, h => barredUntil == null ? now : h.ClaimedAt)
            .SetProperty(h => h.Version, h => h.Version + 1), ct);
        return mine == 1 && barredUntil is null ? due.RulesetId : null;
    }

    /// <summary>Until when the provider wants to be left alone; null when it does not.</summary>
    private static async Task<DateTimeOffset?> BarredUntilAsync(NotificationsDbContext db, Guid rulesetId, DateTimeOffset now, CancellationToken ct)
    {
        var wait = await db.Set<Mailbox>().Where(m => m.RulesetId == rulesetId && m.WaitUntil > now)
            .Select(m => new { m.WaitUntil, m.WaitCode }).SingleOrDefaultAsync(ct);
        return wait is { WaitUntil: { } until, WaitCode: { } code } && StopKinds.Of(code) is StopKind.Quota or StopKind.Throttled ? until : null;
    }

    private async Task MoveAsync(Guid rulesetId, DateTimeOffset next, CancellationToken ct)
    {
        using var held = await turn.TakeAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<RulesetHealth>().Where(h => h.RulesetId == rulesetId).ExecuteUpdateAsync(set => set
            .SetProperty(h => h.NextCheckAt, next).SetProperty(h => h.ClaimedAt, (DateTimeOffset?)null).SetProperty(h => h.Version, h => h.Version + 1), ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The settings of ruleset {Ruleset} were checked again: passed {Passed}.")]
    private static partial void LogChecked(ILogger logger, Guid ruleset, bool passed);
}
