using System.Text.Json.Serialization;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Checks;

/// <summary>One step of a check: how it ended, how long it took, what it saw.</summary>
public sealed record CheckStep(StepName Name, StepState State)
{
    [JsonPropertyName("durationMs")]
    [JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan Duration { get; init; }

    /// <summary>One sentence for the page: "smtp.office365.com:587, TLS 1.3".</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the other side said, token and secret removed; several lines.</summary>
    public string? Evidence { get; init; }

    /// <summary>Most likely first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
