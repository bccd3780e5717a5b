using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Alerts;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Health;

/// <summary>Alerts when an API key expires within 30 days, and when it has expired, until it is revoked.</summary>
public sealed class ApiKeyWatch(IDbContextFactory<NotificationsDbContext> contexts, AlertLog alerts, TimeProvider time)
{
    private static readonly AlertKind[] Kinds = [AlertKind.ApiKeyExpires, AlertKind.ApiKeyExpired];

    public async Task CheckAsync(CancellationToken ct)
    {
        var due = await DueAsync(ct);
        var open = await OpenAsync(ct);
        foreach (var over in open.Where(o => !due.Any(d => Same(d, o))))
        {
            await alerts.EndAsync(over.RulesetId, over.Kind, over.About, ct);
        }

        foreach (var alert in due.Where(d => !open.Any(o => Same(d, o))))
        {
            await alerts.RaiseAsync(alert, ct);
        }
    }

    private static bool Same(Alert alert, OpenAlert open) =>
        (alert.RulesetId, alert.Kind, alert.About) == (open.RulesetId, open.Kind, open.About);

    private async Task<List<Alert>> DueAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var until = now + ApiKeyNotice.Before;
        var keys = await (
            from key in db.Set<ApiKey>().AsNoTracking()
            where key.RevokedAt == null && key.ExpiresAt <= until
            join ruleset in db.Set<Ruleset>() on key.RulesetId equals ruleset.Id
            select new { Key = key, Ruleset = ruleset.Name }).ToListAsync(ct);
        return [.. keys.Select(k => ToAlert(k.Key, k.Ruleset, ApiKeyNotice.DaysLeft(k.Key, now)!.Value))];
    }

    private async Task<List<OpenAlert>> OpenAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<RaisedAlert>().Where(a => a.EndedAt == null && Kinds.Contains(a.Kind))
            .Select(a => new OpenAlert(a.RulesetId, a.Kind, a.About, a.At)).ToListAsync(ct);
    }

    private static Alert ToAlert(ApiKey key, string ruleset, int daysLeft)
    {
        var day = key.ExpiresAt!.Value.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return new Alert(
            key.RulesetId,
            daysLeft == 0 ? AlertKind.ApiKeyExpired : AlertKind.ApiKeyExpires,
            key.Prefix,
            AlertPhrases.ApiKeyEndsSubject(ruleset, key.Name, daysLeft),
            AlertPhrases.ApiKeyEndsText(key.Name, day, daysLeft));
    }
}
