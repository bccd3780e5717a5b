using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Keeps the last check of each revision.</summary>
public sealed class CheckStore(IDbContextFactory<NotificationsDbContext> contexts, SettingsStore settings, AuditLog audit)
{
    public async Task<CheckReport?> FindAsync(SettingsRevision revision, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var record = await db.Set<CheckRecord>().AsNoTracking().SingleOrDefaultAsync(c => c.RevisionId == revision.Id, ct);
        return record is null ? null : KeptCheck.Read(record.Report);
    }

    /// <summary>The newest check of the ruleset that failed; null when none did.</summary>
    public async Task<CheckReport?> LastFailureAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var report = await db.Set<CheckRecord>().AsNoTracking().Where(c => c.RulesetId == rulesetId && !c.Passed)
            .OrderByDescending(c => c.StartedAt).Select(c => c.Report).FirstOrDefaultAsync(ct);
        return report is null ? null : KeptCheck.Read(report);
    }

    /// <summary>Whether the last check of each revision passed; a revision that was never checked to the end is not in it.</summary>
    public async Task<IReadOnlyDictionary<Guid, bool>> VerdictsAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<CheckRecord>().AsNoTracking().Where(c => c.RulesetId == rulesetId).ToDictionaryAsync(c => c.RevisionId, c => c.Passed, ct);
    }

    /// <summary>Stores the report and, when it passed, puts the revision in charge: both or neither.</summary>
    public async Task ConcludeAsync(SettingsRevision revision, CheckReport report, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForRulesetAsync(revision.RulesetId, ct);
        await RecordAsync(db, revision, report, ct);
        audit.Add(db, revision.RulesetId, by, AuditAction.SettingsChecked, $"revision {revision.Number}",
            report.Passed ? $"passed, over {report.Route}" : $"failed: {string.Join(", ", report.FailureCodes())}");
        if (report is { Passed: true, Route: { } route })
        {
            await settings.AdoptAsync(db, revision, route, by, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task RecordAsync(NotificationsDbContext db, SettingsRevision revision, CheckReport report, CancellationToken ct)
    {
        var json = KeptCheck.Write(report);
        var record = await db.Set<CheckRecord>().SingleOrDefaultAsync(c => c.RevisionId == revision.Id, ct);
        if (record is not null)
        {
            (record.StartedAt, record.Passed, record.Report) = (report.StartedAt, report.Passed, json);
            return;
        }

        db.Add(new CheckRecord
        {
            RevisionId = revision.Id,
            RulesetId = revision.RulesetId,
            StartedAt = report.StartedAt,
            Passed = report.Passed,
            Report = json,
        });
    }
}
