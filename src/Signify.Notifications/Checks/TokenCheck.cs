using Signify.Notifications.Checks.Ranking;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks;

/// <summary>The check with tokens: the token service and the way to the mail server side by side, then the sign-in, then the verdict.</summary>
internal sealed class TokenCheck(CheckBoard board, EntraLane entra, SmtpLane smtp, SmtpRoad road, NotificationSettings settings, Cloud cloud, bool graphProved)
{
    /// <summary>The last check of the ruleset that failed, where there was one.</summary>
    public Func<CancellationToken, Task<EarlierFailure?>> Earlier { get; init; } = _ => Task.FromResult<EarlierFailure?>(null);

    public async Task<(Route? Route, string Reason)> RunAsync()
    {
        var approach = smtp.ApproachAsync("XOAUTH2", signsIn: true);
        var tenant = entra.TenantAsync();
        var exchangeToken = entra.TokenAsync(StepName.TokenForExchange, TokenResource.Exchange);
        var graphToken = entra.TokenAsync(StepName.TokenForGraph, TokenResource.Graph);

        var signedIn = await SignInAsync(exchangeToken, approach);
        var sender = signedIn && await smtp.SenderAsync(settings.FromEmail);
        await Task.WhenAll(tenant, exchangeToken, graphToken);

        var read = new PermissionReading((await exchangeToken)?.Claims, (await graphToken)?.Claims, graphProved);
        await ExplainAsync(read);
        return new TokenVerdict(board, settings, cloud, read).Decide(sender, await graphToken is not null);
    }

    private async Task<bool> SignInAsync(Task<AccessToken?> exchangeToken, Task<bool> approach)
    {
        var token = await exchangeToken;
        if (!await approach)
        {
            return false;
        }

        if (token is null)
        {
            smtp.SkipWaiting(CheckWords.NeedsExchangeToken());
            return false;
        }

        var passed = token.Claims?.Has(PermissionReading.SmtpRole) ?? true
            ? CheckWords.SignedInWithToken()
            : CheckWords.SignedInByAssignment();
        var signedIn = await smtp.SignInAsync(road.Credentials(settings, token)!, passed);
        if (!signedIn)
        {
            smtp.SkipWaiting(CheckWords.NotReached());
        }

        return signedIn;
    }

    /// <summary>With all that was found out, every failed step is looked at once more: what it saw may have several causes.</summary>
    private async Task ExplainAsync(PermissionReading read)
    {
        var failed = Enum.GetValues<StepName>().Where(name => board[name].State == StepState.Failed).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        var ranker = new Ranker(await GatherAsync(read, failed), smtp.Server);
        foreach (var name in failed)
        {
            var step = board[name];
            var ranked = ranker.Rank(step.Findings);
            board.Show(step with { Findings = ranked, Summary = ranked[0].Message });
        }
    }

    private async Task<Evidence> GatherAsync(PermissionReading read, IReadOnlyList<StepName> failed)
    {
        var found = failed.SelectMany(name => board[name].Findings).Select(Causes.Of).OfType<Cause>().ToList();
        var tenantUnknown = found.Intersect(Rules.Tenant).Any();
        var ofDomain = tenantUnknown || found.Intersect(Rules.Client).Any() || found.Intersect(Rules.SignIn).Any();
        var evidence = new Evidence
        {
            Settings = settings,
            Cloud = cloud,
            Read = read,
            Tenant = entra.Tenant,
            Reply = SmtpReply.Read(board[StepName.SignIn].State == StepState.Failed ? board[StepName.SignIn].Evidence ?? "" : ""),
            Banner = smtp.Banner,
            Certificate = smtp.Certificate,
            HttpsWorks = entra.Tenant is { Knowledge: not TenantKnowledge.NoAnswer } || Passed(StepName.TokenForExchange) || Passed(StepName.TokenForGraph),
            Earlier = await board.AskAsync(settings.Timeout, Earlier),
        };
        return evidence with
        {
            // The two IDs look alike: asking whether the client ID is a tenant tells whether they were swapped.
            ClientIsTenant = tenantUnknown && settings.ClientId is { } client && await entra.AskAsync(client) is { Knowledge: TenantKnowledge.Known },
            FromDomain = ofDomain ? await entra.AskAsync(evidence.Domain) : null,
        };
    }

    private bool Passed(StepName name) => board[name].State is StepState.Passed or StepState.Warning;
}
