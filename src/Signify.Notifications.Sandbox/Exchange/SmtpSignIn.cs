using Signify.Notifications.Sandbox.Entra;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>Who may sign in: a token for Exchange, a switch that is on, and rights by either of the two models.</summary>
internal sealed class SmtpSignIn(SandboxDirectory directory, AccessTokens tokens)
{
    private const string Role = "SMTP.SendAsApp";

    /// <summary>Exactly one of the two is there.</summary>
    public (SignedInMailbox? Mailbox, string? Refusal) Decide(XOAuth2Payload? payload, SmtpReplies replies)
    {
        if (payload is null || tokens.Read(payload.Token) is not { } claims || Find(claims, payload.User) is not { } found)
        {
            return (null, replies.SignInFailed);
        }

        var refusal = SwitchedOff(found, replies) ?? (IsAllowed(found, claims) ? null : replies.SignInFailed);
        return refusal is null ? (found, null) : (null, refusal);
    }

    private SignedInMailbox? Find(AccessTokenClaims claims, string user) =>
        TokenResource.IsForExchange(claims.Audience)
        && directory.FindTenant(claims.TenantId) is { } tenant
        && tenant.FindApp(claims.AppId) is { } app
        && tenant.FindMailbox(user) is { } mailbox
            ? new SignedInMailbox(tenant, app, mailbox)
            : null;

    private static string? SwitchedOff(SignedInMailbox found, SmtpReplies replies) => (found.Mailbox.SmtpAuthDisabled, found.Tenant) switch
    {
        (true, _) => replies.SmtpAuthOffForMailbox,
        (null, { SmtpAuthDisabled: true }) => replies.SmtpAuthOffForTenant,
        (_, { SecurityDefaults: true }) => replies.SecurityDefaults,
        _ => null,
    };

    private static bool IsAllowed(SignedInMailbox found, AccessTokenClaims claims)
    {
        var app = found.App;
        var known = app.ExchangeServicePrincipal == claims.ObjectId;
        var byPermission = claims.HasRole(Role) && Names(app.FullAccess, found);
        return known && (byPermission || Names(app.SmtpByExchangeRole, found));
    }

    private static bool Names(IReadOnlyList<string> mailboxes, SignedInMailbox found) =>
        mailboxes.Contains(found.Mailbox.Address, StringComparer.OrdinalIgnoreCase);
}
