using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Alerts;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health;

/// <summary>Reads the rulesets with settings in charge, in as many queries for a thousand of them as for one.</summary>
internal static class HealthFactsReader
{
    /// <param name="only">Null reads all.</param>
    public static async Task<IReadOnlyList<HealthFacts>> HealthFactsAsync(this NotificationsDbContext db, Guid? only, CancellationToken ct)
    {
        var active = await db.Set<SettingsRevision>().AsNoTracking().Where(r => r.State == RevisionState.Active && (only == null || r.RulesetId == only)).ToListAsync(ct);
        var names = await db.Set<Ruleset>().Where(r => only == null || r.Id == only).Select(r => new { r.Id, r.Name }).ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        var checks = await db.Set<CheckRecord>()
            .Where(c => (only == null || c.RulesetId == only) && db.Set<SettingsRevision>().Any(r => r.Id == c.RevisionId && r.State == RevisionState.Active))
            .Select(c => new LastCheck(c.RevisionId, c.StartedAt, c.Passed)).ToDictionaryAsync(c => c.RevisionId, ct);
        var holds = await db.Set<Mailbox>().Where(m => only == null || m.RulesetId == only).Select(m => new HoldFacts(m.RulesetId, m.Hold, m.HeldAt, m.HoldCode)).ToDictionaryAsync(h => h.RulesetId, ct);
        var seen = await db.Set<RulesetHealth>().AsNoTracking().Where(h => only == null || h.RulesetId == only).ToDictionaryAsync(h => h.RulesetId, ct);
        var open = (await db.Set<RaisedAlert>().Where(a => a.EndedAt == null && (only == null || a.RulesetId == only)).Select(a => new OpenAlert(a.RulesetId, a.Kind, a.About, a.At)).ToListAsync(ct))
            .ToLookup(a => a.RulesetId);
        return [.. active.Select(r => new HealthFacts(
            names[r.RulesetId],
            r,
            checks.GetValueOrDefault(r.Id),
            holds.GetValueOrDefault(r.RulesetId) ?? new HoldFacts(r.RulesetId, Hold.None, null, null),
            seen.GetValueOrDefault(r.RulesetId),
            [.. open[r.RulesetId]]))];
    }
}
