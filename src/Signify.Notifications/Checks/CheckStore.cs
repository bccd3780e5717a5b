using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Keeps the last check of each revision.</summary>
public sealed class CheckStore(IDbContextFactory<NotificationsDbContext> contexts)
{
    public async Task<CheckReport?> FindAsync(SettingsRevision revision, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var record = await db.Set<CheckRecord>().AsNoTracking().SingleOrDefaultAsync(c => c.RevisionId == revision.Id, ct);
        return record is null ? null : JsonSerializer.Deserialize<CheckReport>(record.Report, FindingJson.Options);
    }

    /// <summary>Whether the last check of each revision passed; a revision that was never checked to the end is not in it.</summary>
    public async Task<IReadOnlyDictionary<Guid, bool>> VerdictsAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<CheckRecord>().AsNoTracking().Where(c => c.RulesetId == rulesetId).ToDictionaryAsync(c => c.RevisionId, c => c.Passed, ct);
    }

    public async Task RecordAsync(SettingsRevision revision, CheckReport report, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var json = JsonSerializer.Serialize(report, FindingJson.Options);
        var record = await db.Set<CheckRecord>().SingleOrDefaultAsync(c => c.RevisionId == revision.Id, ct);
        if (record is null)
        {
            db.Add(new CheckRecord
            {
                RevisionId = revision.Id,
                RulesetId = revision.RulesetId,
                StartedAt = report.StartedAt,
                Passed = report.Passed,
                Report = json,
            });
        }
        else
        {
            (record.StartedAt, record.Passed, record.Report) = (report.StartedAt, report.Passed, json);
        }

        await db.SaveChangesAsync(ct);
    }
}
