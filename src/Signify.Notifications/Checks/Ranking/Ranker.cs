using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.RepairKit;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks.Ranking;

/// <summary>Says which causes are behind what a step found, the likeliest first, and what tells them apart.</summary>
internal sealed class Ranker(Evidence evidence, SmtpEndpoint server)
{
    private readonly (string Name, string Value)[] _values = evidence.Values(server);

    public IReadOnlyList<Finding> Rank(IReadOnlyList<Finding> found)
    {
        var ranked = found.SelectMany(Explain).ToList();
        for (var i = 0; i < ranked.Count; i++)
        {
            ranked[i] = Complete(ranked[i], first: i == 0, last: i == ranked.Count - 1);
        }

        return ranked;
    }

    private IEnumerable<Finding> Explain(Finding found)
    {
        if (Causes.Of(found) is not { } cause)
        {
            return [found];
        }

        var causes = Rules.All.Where(rule => rule.Explains(cause, evidence)).OrderByDescending(rule => rule.Weight)
            .Select(rule => Tell(rule, found)).ToList();
        return causes.Count switch
        {
            0 => [found],
            // Without the permission no server accepts the token, whatever else is wrong there.
            _ when Rules.SignIn.Contains(cause) && !evidence.OfExchange => [.. evidence.Read.Smtp ? [] : causes.Where(c => c.Code != found.Code), found],
            _ => causes,
        };
    }

    // What was found may say more than its cause alone: a warning, a mark on another field, the server's own code.
    private Finding Tell(Rule rule, Finding found) => rule.Cause.Id == found.Cause
        ? found with { Certainty = rule.Certainty }
        : rule.Cause.Told(_values) with { Certainty = rule.Certainty, Severity = found.Severity };

    private Finding Complete(Finding finding, bool first, bool last)
    {
        if (Causes.Of(finding) is not { } cause)
        {
            return finding;
        }

        var completed = finding with
        {
            Link = finding.Link ?? Portal.Link(cause.Page, evidence.Cloud, evidence.Settings.ClientId),
            Commands = finding.Commands ?? Commands(finding),
            TellApart = first && !last && cause.TellApart is { } key ? CauseWords.Get($"tell-apart.{key}", _values) : null,
        };
        return first ? completed.WithPatience(evidence.Earlier is { } earlier && earlier.Codes.Contains(finding.Code) ? earlier.Ago : null) : completed;
    }

    private string? Commands(Finding finding) => finding is { Blocks: true, Repair: [var script, ..] }
        ? RepairScripts.Of(script, RepairFacts.Of(evidence.Settings, evidence.Cloud, evidence.Token?.ObjectId)).Commands
        : null;
}
