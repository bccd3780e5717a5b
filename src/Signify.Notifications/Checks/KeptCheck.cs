using System.Text.Json;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Checks;

/// <summary>A report as its row keeps it: with the transcript, which its JSON elsewhere leaves out.</summary>
internal sealed record KeptCheck(CheckReport Check, string? Transcript)
{
    public static string Write(CheckReport report) => JsonSerializer.Serialize(new KeptCheck(report, report.Transcript), FindingJson.Options);

    public static CheckReport? Read(string json) =>
        JsonSerializer.Deserialize<KeptCheck>(json, FindingJson.Options) is { } kept ? kept.Check with { Transcript = kept.Transcript } : null;
}
