using Signify.Notifications.Sandbox.Entra;
using Signify.Notifications.Sandbox.Exchange;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Graph;

/// <summary>Whether the bearer of a token may send as a mailbox.</summary>
internal sealed class GraphAccess(SandboxDirectory directory, AccessTokens tokens)
{
    private const string Role = "Mail.Send";
    private const string Scheme = "Bearer ";

    /// <summary>What goes with a mailbox; null: nothing.</summary>
    public HttpFault? FaultOf(string mailbox) => directory.Tenants.Select(t => t.FindMailbox(mailbox)?.GraphFault).FirstOrDefault(f => f is not null);

    /// <summary>Exactly one of the two is there.</summary>
    public (SignedInMailbox? Sender, GraphError? Error) Decide(string? authorization, string user)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return (null, GraphError.NoToken);
        }

        if (tokens.Read(authorization[Scheme.Length..].Trim()) is not { } claims
            || directory.FindTenant(claims.TenantId) is not { } tenant || tenant.FindApp(claims.AppId) is not { } app)
        {
            return (null, GraphError.InvalidToken);
        }

        return TokenResource.IsForExchange(claims.Audience) ? (null, GraphError.WrongAudience) : Decide(tenant, app, claims, user);
    }

    private static (SignedInMailbox? Sender, GraphError? Error) Decide(SandboxTenant tenant, SandboxApp app, AccessTokenClaims claims, string user)
    {
        var everywhere = claims.HasRole(Role);
        if (!everywhere && !app.GraphByExchangeRole.Contains(user, StringComparer.OrdinalIgnoreCase))
        {
            return (null, GraphError.AccessDenied);
        }

        if (tenant.FindMailbox(user) is not { } mailbox)
        {
            return (null, GraphError.UnknownUser(user));
        }

        if (app.ClosedByAccessPolicy.Contains(user, StringComparer.OrdinalIgnoreCase))
        {
            return (null, GraphError.AccessPolicy);
        }

        return mailbox.State switch
        {
            MailboxState.Unlicensed => (null, GraphError.NoMailbox),
            MailboxState.Blocked => (null, GraphError.Blocked),
            _ => (new SignedInMailbox(tenant, app, mailbox), null),
        };
    }
}
