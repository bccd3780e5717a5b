using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks;

/// <summary>The check with tokens: the token service and the way to the mail server side by side, then the sign-in, then the verdict.</summary>
internal sealed class TokenCheck(CheckBoard board, EntraLane entra, SmtpLane smtp, SmtpRoad road, NotificationSettings settings, Cloud cloud, bool graphProved)
{
    public async Task<(Route? Route, string Reason)> RunAsync()
    {
        var approach = smtp.ApproachAsync("XOAUTH2", signsIn: true);
        var tenant = entra.TenantAsync();
        var exchangeToken = entra.TokenAsync(StepName.TokenForExchange, TokenResource.Exchange);
        var graphToken = entra.TokenAsync(StepName.TokenForGraph, TokenResource.Graph);

        var signedIn = await SignInAsync(exchangeToken, graphToken, approach);
        var sender = signedIn && await smtp.SenderAsync(settings.FromEmail);
        await Task.WhenAll(tenant, exchangeToken, graphToken);

        var read = new PermissionReading((await exchangeToken)?.Claims, (await graphToken)?.Claims, graphProved);
        return new TokenVerdict(board, settings, cloud, read).Decide(sender, await graphToken is not null);
    }

    private async Task<bool> SignInAsync(Task<AccessToken?> exchangeToken, Task<AccessToken?> graphToken, Task<bool> approach)
    {
        var token = await exchangeToken;
        if (!await approach)
        {
            return false;
        }

        if (token is null)
        {
            smtp.SkipWaiting("Needs the token for Exchange.");
            return false;
        }

        // Only a refusal needs Graph's side of the story; a sign-in that works does not wait for it.
        var passed = token.Claims?.Has(PermissionReading.SmtpRole) ?? true
            ? "Signed in with the token."
            : "Signed in with the token. The right comes from a role assignment inside Exchange.";
        var signedIn = await smtp.SignInAsync(road.Credentials(settings, token)!, passed);
        if (!signedIn)
        {
            await ExplainAsync(token, graphToken);
            smtp.SkipWaiting("Not reached.");
        }

        return signedIn;
    }

    private async Task ExplainAsync(AccessToken exchangeToken, Task<AccessToken?> graphToken)
    {
        var refused = board[StepName.SignIn];
        var read = new PermissionReading(exchangeToken.Claims, (await graphToken)?.Claims, graphProved);
        var reply = SmtpReply.Read(refused.Evidence ?? "");
        var causes = refused.Findings.SelectMany(f => SignInCauses.For(f, reply, read, settings, cloud)).ToList();
        board.Show(refused with { Findings = causes, Summary = causes[0].Message });
    }
}
