using Microsoft.Extensions.Logging;

namespace Signify.Notifications.Alerts;

/// <summary>Where alerts are raised.</summary>
public sealed partial class AlertLog(ILogger<AlertLog> logger)
{
    public Task RaiseAsync(Alert alert, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        LogAlert(alert.Kind, alert.RulesetId);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Kind} for ruleset {Ruleset}.")]
    private partial void LogAlert(AlertKind kind, Guid ruleset);
}
