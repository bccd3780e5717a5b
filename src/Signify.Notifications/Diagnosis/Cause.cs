using Signify.Notifications.Findings;

namespace Signify.Notifications.Diagnosis;

/// <summary>
/// One thing that can be wrong: an entry of the table. Its words stand in <c>Words/Causes.resx</c> as <c>{id}.message</c> and
/// <c>{id}.remedy</c>. Several causes may share a code; the ID is one cause's alone.
/// </summary>
public sealed record Cause(string Id, FindingCode Code)
{
    /// <summary>The settings field to mark.</summary>
    public string? Field { get; init; }

    /// <summary>Where Microsoft lets it be mended.</summary>
    public PortalPage Page { get; init; }

    public FindingSeverity Severity { get; init; }

    /// <summary>How sure it is where nothing else is known; what is known around a failure may say otherwise.</summary>
    public Certainty Certainty { get; init; }

    /// <summary>The key of the action that tells this cause from the next likely one: <c>tell-apart.{key}</c> in the words.</summary>
    public string? TellApart { get; init; }

    public IReadOnlyList<RepairScript> Repair { get; init; } = [];

    /// <summary>Mending it takes a while to have effect at Microsoft, so that a check may still see it when it is mended.</summary>
    public bool TakesTime { get; init; }

    private const int LongestCode = 80;

    /// <param name="values">What stands in the place of <c>{name}</c> in the words; more of them than the words have do no harm.</param>
    public Finding Told(params ReadOnlySpan<(string Name, string Value)> values) =>
        new(Code, CauseWords.Get($"{Id}.message", values), CauseWords.Get($"{Id}.remedy", values))
        {
            Cause = Id,
            Severity = Severity,
            Field = Field,
            Certainty = Certainty,
            Repair = Repair,
        };

    /// <summary>For an answer that no table names, and whose kind usually means this.</summary>
    /// <param name="code">The other side's own code.</param>
    /// <param name="values">As for <see cref="Told"/>.</param>
    public Finding ToldByKind(string code, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var finding = Told(values);
        return finding with
        {
            Message = $"{finding.Message} {CauseWords.Get("phrase.by-kind", ("code", code.Length > LongestCode ? code[..LongestCode] : code))}",
            Certainty = Certainty.Likely,
        };
    }
}
