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

    /// <summary>Which entry of the table of causes this is, such as <c>mailbox-barred-licence</c>; several causes can share a code. Null for what is no cause of the table.</summary>
    public string? Cause { get; init; }

    public Certainty Certainty { get; init; } = Certainty.Certain;

    /// <summary>The single action that tells this cause from the next one in the list; null when nothing is to be told apart.</summary>
    public string? TellApart { get; init; }

    /// <summary>The scripts of the repair kit that mend it, best first.</summary>
    [JsonIgnore]
    public IReadOnlyList<RepairScript> Repair { get; init; } = [];

    /// <summary>Left out of the JSON where there is none.</summary>
    [JsonInclude]
    [JsonPropertyName("repair")]
    internal IReadOnlyList<RepairScript>? RepairOrNothing
    {
        get => Repair.Count > 0 ? Repair : null;
        init => Repair = value ?? [];
    }

    [JsonIgnore]
    public bool Blocks => Severity == FindingSeverity.Error;

    /// <summary>Lowers an error; what is less stays so.</summary>
    public Finding AsWarning() => Blocks ? this with { Severity = FindingSeverity.Warning } : this;
}
