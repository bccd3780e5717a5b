using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Alerts;
using Signify.Notifications.Checks;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health;

/// <summary>Reads how a ruleset's settings are: from the rows of the checks, so that it is true at once, and on instances that send nothing too.</summary>
public sealed class HealthReader(IDbContextFactory<NotificationsDbContext> contexts, SettingsStore settings, CheckStore checks, AlertLog alerts, TimeProvider time)
{
    public async Task<HealthView> ReadAsync(Guid rulesetId, CancellationToken ct)
    {
        var open = await alerts.OpenAsync(rulesetId, ct);
        if ((await settings.ReadAsync(rulesetId, ct)).Active is not { } active)
        {
            return new HealthView(false, null, null, null, null, null, null, null, open);
        }

        var report = await checks.FindAsync(active, ct);
        var end = active.CredentialEndsOn;
        return new HealthView(
            true,
            report?.StartedAt,
            report?.Passed,
            report is { Passed: false } ? report.Findings.FirstOrDefault(f => f.Blocks) : null,
            await NextCheckAsync(active, ct),
            active.ClientSecret is null && end is null ? null : HealthWords.Credential(active),
            end,
            end is { } day ? CredentialNotice.DaysLeft(day, time.GetUtcNow()) : null,
            open);
    }

    private async Task<DateTimeOffset?> NextCheckAsync(SettingsRevision active, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<RulesetHealth>().Where(h => h.RulesetId == active.RulesetId && h.RevisionId == active.Id)
            .Select(h => (DateTimeOffset?)h.NextCheckAt).SingleOrDefaultAsync(ct);
    }
}
