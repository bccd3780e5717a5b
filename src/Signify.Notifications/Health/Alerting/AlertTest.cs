using System.Globalization;
using Signify.Notifications.Alerts;
using Signify.Notifications.Audit;

namespace Signify.Notifications.Health.Alerting;

/// <summary>An alert that somebody asked for, to see whether alerts arrive. It goes every way that is set up, as a real one does.</summary>
public sealed class AlertTest(AlertLog alerts, AuditLog audit, TimeProvider time)
{
    public async Task RaiseAsync(Guid rulesetId, string ruleset, string by, CancellationToken ct)
    {
        await audit.WriteAsync(rulesetId, by, AuditAction.AlertTested, "alerts", null, ct);
        var at = time.GetUtcNow().UtcDateTime;
        await alerts.RaiseAsync(
            new Alert(
                rulesetId,
                AlertKind.Test,
                at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                AlertPhrases.TestSubject(ruleset),
                AlertPhrases.TestText()),
            ct);
    }
}
