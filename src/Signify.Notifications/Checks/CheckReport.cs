using System.Text.Json.Serialization;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>The staged validation of one revision. <see cref="Steps"/> holds every step, in the order of <see cref="StepName"/>.</summary>
public sealed record CheckReport
{
    public required bool Passed { get; init; }

    /// <summary>The route the revision sends over; null when none works.</summary>
    public Route? Route { get; init; }

    /// <summary>Why this route, in a sentence.</summary>
    public string? RouteReason { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    [JsonPropertyName("durationMs")]
    [JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan Duration { get; init; }

    public required IReadOnlyList<CheckStep> Steps { get; init; }

    /// <summary>
    /// What was said with the mail server, secrets and tokens removed; null when nothing was. Kept with the report and shown in the
    /// one that is handed on: the API and the events leave it out, as whoever follows a check wants its steps.
    /// </summary>
    [JsonIgnore]
    public string? Transcript { get; init; }

    /// <summary>All findings, errors first, else in the order of the steps.</summary>
    [JsonIgnore]
    public IEnumerable<Finding> Findings => Steps.SelectMany(s => s.Findings).OrderBy(f => f.Severity);

    [JsonIgnore]
    public bool Running => Steps.Any(s => s.State is StepState.Waiting or StepState.Running);

    public IEnumerable<string> FailureCodes() => Findings.Where(f => f.Blocks).Select(f => f.Code.ToCode()).Distinct();

    /// <summary>The report of a check that was stopped: what it had, and no verdict.</summary>
    public CheckReport Interrupted() => this with
    {
        Passed = false,
        Steps = [.. Steps.Select(s => s.State is StepState.Waiting or StepState.Running
            ? s with { State = StepState.Skipped, Summary = CheckWords.Stopped() }
            : s)],
    };
}
