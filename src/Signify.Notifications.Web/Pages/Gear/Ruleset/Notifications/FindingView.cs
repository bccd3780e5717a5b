using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>A finding with its whole remedy, wherever it was found.</summary>
/// <param name="Place">The step it belongs to, or another word that is unique on the page together with the code.</param>
public sealed record FindingView(Finding Finding, string Place)
{
    /// <summary>The server's words; shown with the likeliest finding only.</summary>
    public string? Evidence { get; init; }

    /// <summary>Whether <c>?handler=Commands</c> gives its commands as a file.</summary>
    public bool Downloads { get; init; }

    /// <summary>Where it stands in its list; the first is the likeliest.</summary>
    public int Index { get; init; }

    /// <summary>No cause of anything, but something to know.</summary>
    public bool IsAdvice => Finding.Severity == FindingSeverity.Advice;

    /// <summary>Nothing has to be mended.</summary>
    public bool Calm { get; init; }

    public string Tone => Calm || IsAdvice ? "calm" : Finding.Blocks ? "bad" : "warn";

    /// <summary>How sure it is, in words; null where nothing else can be meant.</summary>
    public string? Certainty => (Finding.Certainty, Index) switch
    {
        _ when Calm || IsAdvice => null,
        (Findings.Certainty.Certain, _) => null,
        (_, > 0) => "Or perhaps",
        (Findings.Certainty.Likely, _) => "Most likely",
        _ => "Perhaps",
    };

    public string CommandsId => $"commands-{Place}-{Finding.Code.ToCode()}";

    /// <summary>Whether the network team is the one to ask.</summary>
    public bool ForNetworkTeam => Finding.Code is FindingCode.NameNotFound or FindingCode.ConnectionRefused or FindingCode.ConnectionTimedOut or FindingCode.ConnectionFailed
        or FindingCode.StarttlsMissing or FindingCode.TlsRevocationUnknown or FindingCode.EntraUnreachable or FindingCode.EntraInterfered or FindingCode.ClockSkew;

    public string LinkText => Finding.Link switch
    {
        { Host: "entra.microsoft.com" } => "Open the Entra admin center",
        { Host: "admin.exchange.microsoft.com" } => "Open the Exchange admin center",
        { Host: "admin.microsoft.com" } => "Open the Microsoft 365 admin center",
        { Host: var host } => $"Open {host}",
        null => "",
    };

    /// <summary>The findings of a step, the likeliest first and with all there is to show.</summary>
    public static FindingView[] Of(CheckRow row) =>
        [.. row.Step.Findings.Select((finding, i) => new FindingView(finding, row.Name)
        {
            Index = i,
            Calm = row.NotNeeded,
            Evidence = i == 0 ? row.Step.Evidence : null,
            Downloads = finding.Commands is not null && finding == row.Step.Findings.First(f => f.Commands is not null),
        })];
}
