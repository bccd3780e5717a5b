using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Decides which road the revision sends over, and lowers to warnings what fails on a road that is not needed.</summary>
internal sealed class TokenVerdict(CheckBoard board, NotificationSettings settings, Cloud cloud, PermissionReading read)
{
    private static readonly StepName[] SmtpSteps =
        [StepName.TokenForExchange, StepName.NameLookup, StepName.Connection, StepName.Encryption, StepName.SignInOffered, StepName.SignIn, StepName.Sender];

    public (Route? Route, string Reason) Decide(bool smtpWorks, bool graphToken)
    {
        var graphWorks = graphToken && read.GraphMail;
        var route = settings.Route switch
        {
            RouteChoice.Smtp => smtpWorks ? Route.Smtp : (Route?)null,
            RouteChoice.Graph => graphWorks ? Route.Graph : null,
            _ => smtpWorks ? Route.Smtp : graphWorks ? Route.Graph : null,
        };

        ShowPermissions(graphToken);
        ExcuseTenant(route);
        if (route == Route.Smtp || settings.Route == RouteChoice.Smtp)
        {
            board.Excuse(StepName.TokenForGraph);
        }

        if (route == Route.Graph || settings.Route == RouteChoice.Graph)
        {
            Array.ForEach(SmtpSteps, board.Excuse);
        }

        SayOnce();
        Advise(route);
        return (route, Reason(route, smtpWorks));
    }

    private void ShowPermissions(bool graphToken)
    {
        if (read is { Exchange: null, Graph: null, GraphProved: false })
        {
            board.Skip(StepName.Permissions, CheckWords.NeedsReadableToken());
            return;
        }

        var missing = settings.Route == RouteChoice.Graph && graphToken && !read.GraphMail;
        board.Show(new CheckStep(StepName.Permissions, missing ? StepState.Failed : StepState.Passed)
        {
            Summary = read.Summary,
            Findings = missing ? [GraphPermissionMissing()] : [],
        });
    }

    // Only what the token shows: a right that is given inside Exchange is a limited one.
    private void Advise(Route? route)
    {
        if (route == Route.Graph && (read.Graph?.Has(PermissionReading.MailRole) ?? false))
        {
            var sender = board[StepName.Sender];
            board.Show(sender with
            {
                Summary = sender.State == StepState.Skipped ? CheckWords.SenderUnproved() : sender.Summary,
                Findings = [.. sender.Findings, Causes.GraphTenantWide.Told()],
            });
        }
    }

    // With the permissions of the set-up guide and no others.
    private bool SetUpForGraph => board[StepName.SignIn].Findings is [{ Code: FindingCode.GraphOnly }, ..];

    private bool PortBlocked => board[StepName.Connection].State is StepState.Warning or StepState.Failed;

    private Finding GraphPermissionMissing() =>
        Causes.GraphPermissionMissing.Told().WithPatience() with { Link = Portal.Link(Causes.GraphPermissionMissing.Page, cloud, settings.ClientId) };

    // A token proves the tenant better than the question without credentials does.
    private void ExcuseTenant(Route? route)
    {
        if (route is not null)
        {
            board.Excuse(StepName.Tenant);
        }
    }

    /// <summary>One fault of the app or the tenant fails several steps: its remedy stands at the first of them that counts.</summary>
    private void SayOnce()
    {
        var said = new HashSet<FindingCode>();
        StepName[] order = settings.Route == RouteChoice.Graph
            ? [StepName.Tenant, StepName.TokenForGraph, StepName.TokenForExchange]
            : [StepName.Tenant, StepName.TokenForExchange, StepName.TokenForGraph];
        foreach (var name in order)
        {
            var step = board[name];
            var news = step.Findings.Where(f => !said.Contains(f.Code)).ToList();
            if (news.Count < step.Findings.Count)
            {
                board.Show(step with { Findings = news, Summary = news.Count == 0 && step.Summary == step.Findings[0].Message ? CheckWords.SameAnswer() : step.Summary });
            }

            said.UnionWith(step.Findings.Select(f => f.Code));
        }
    }

    private string Reason(Route? route, bool smtpWorks) => (settings.Route, route) switch
    {
        (RouteChoice.Smtp, null) => CheckWords.NoSmtpAsChosen(),
        (RouteChoice.Graph, null) => CheckWords.NoGraphAsChosen(),
        (_, null) => CheckWords.NoRoute(),
        (RouteChoice.Automatic, Route.Smtp) => CheckWords.SmtpWorks(),
        (RouteChoice.Automatic, _) when SetUpForGraph => CheckWords.GraphAsGuided(),
        (RouteChoice.Automatic, _) when PortBlocked => CheckWords.GraphAsPortBlocked(),
        (RouteChoice.Automatic, _) when !smtpWorks => CheckWords.GraphAsSmtpFails(),
        (_, Route.Smtp) => CheckWords.SmtpAsChosen(),
        _ => CheckWords.GraphAsChosen(),
    };
}
