using System.Text.Json.Serialization;

namespace Signify.Notifications.Findings;

/// <summary>What is wrong, in words an administrator can act on: what happened, what to do, where to do it.</summary>
public sealed record Finding(FindingCode Code, string Message, string Remedy)
{
    public FindingSeverity Severity { get; init; } = FindingSeverity.Error;

    /// <summary>The settings field to mark, in the API's spelling (<c>clientSecret</c>); null when no field is at fault.</summary>
    public string? Field { get; init; }

    /// <summary>Where to mend it: a page of the Entra portal or of the documentation.</summary>
    public Uri? Link { get; init; }

    /// <summary>The finished commands to run, when the remedy is a command.</summary>
    public string? Commands { get; init; }

    [JsonIgnore]
    public bool Blocks => Severity == FindingSeverity.Error;

    public Finding AsWarning() => this with { Severity = FindingSeverity.Warning };
}
