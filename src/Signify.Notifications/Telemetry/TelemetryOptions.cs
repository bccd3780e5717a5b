namespace Signify.Notifications.Telemetry;

/// <summary>Configuration section <c>Telemetry</c>, as far as the library reads it.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// Adds the ruleset's id to what is counted of rulesets. Off, all of them are one number: a thousand rulesets are a thousand times
    /// as many time series.
    /// </summary>
    public bool PerRuleset { get; set; }
}
