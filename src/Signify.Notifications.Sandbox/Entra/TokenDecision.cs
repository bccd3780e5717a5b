using System.Security.Cryptography;
using System.Text;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>Whether Entra issues the token, in the order in which Entra looks.</summary>
internal sealed class TokenDecision(SandboxDirectory directory, TimeProvider time, string own)
{
    private const string Default = "/.default";

    /// <summary>Exactly one of the two is there.</summary>
    public (TokenGrant? Grant, EntraError? Error) Decide(TokenRequest request)
    {
        if (MissingOrShared(request) is { } unusable)
        {
            return (null, unusable);
        }

        if (directory.FindTenant(request.Tenant) is not { } tenant)
        {
            return (null, TenantSegment.NotFound(request.Tenant));
        }

        if (tenant.OtherCloud)
        {
            return (null, EntraError.OtherCloud(tenant.Name));
        }

        if (!Guid.TryParse(request.ClientId, out var clientId) || tenant.FindApp(clientId) is not { } app)
        {
            return (null, EntraError.UnknownApp(request.ClientId!, tenant.Name));
        }

        var (resource, error) = Resource(tenant, request.Scope!);
        error = AppState(app) ?? error ?? Credential(app, request) ?? Policy(app);
        return error is null ? (new TokenGrant(tenant, app, resource!, request.ClientAssertion is not null), null) : (null, error);
    }

    private static EntraError? MissingOrShared(TokenRequest request)
    {
        if (request.GrantType is null)
        {
            return EntraError.MissingParameter("grant_type");
        }

        if (request.ClientId is null)
        {
            return EntraError.MissingParameter("client_id");
        }

        if (request.GrantType != "client_credentials")
        {
            return EntraError.UnsupportedGrant(request.GrantType);
        }

        return request.Tenant.ToLowerInvariant() switch
        {
            "common" or "consumers" => EntraError.SharedEndpoint(),
            "organizations" => EntraError.SingleTenant(request.ClientId),
            _ => request.Scope is null ? EntraError.MissingParameter("scope") : null,
        };
    }

    private static EntraError? AppState(SandboxApp app) => app switch
    {
        { Refusal: { } refusal } => EntraError.Of(refusal),
        { Disabled: true } => EntraError.DisabledApp(app.ClientId, app.Name),
        { PublicClient: true } => EntraError.PublicClient(),
        _ => null,
    };

    private static EntraError? Policy(SandboxApp app) => app switch
    {
        { Throttled: true } => EntraError.Throttled(),
        { BlockedByConditionalAccess: true } => EntraError.ConditionalAccess(),
        _ => null,
    };

    private EntraError? Credential(SandboxApp app, TokenRequest request)
    {
        if (request.ClientAssertion is { } assertion)
        {
            return ClientAssertion.Refusal(assertion, app, time.GetUtcNow());
        }

        if (request.ClientSecret is null)
        {
            return EntraError.NoCredential();
        }

        if (app.SecondSecret is { } second && Same(request.ClientSecret, second))
        {
            return null;
        }

        return (Same(request.ClientSecret, app.Secret), app.SecretExpired) switch
        {
            (false, _) => EntraError.WrongSecret(app.ClientId),
            (true, true) => EntraError.ExpiredSecret(app.ClientId),
            _ => null,
        };
    }

    private static bool Same(string given, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(right));

    private (TokenResource? Resource, EntraError? Error) Resource(SandboxTenant tenant, string scope)
    {
        if (!scope.EndsWith(Default, StringComparison.OrdinalIgnoreCase) || scope.Contains(' ', StringComparison.Ordinal))
        {
            return (null, EntraError.ScopeNotDefault(scope));
        }

        var uri = scope[..^Default.Length];
        return TokenResource.Find(uri, own) switch
        {
            { IsExchange: true } when !tenant.HasExchange => (null, EntraError.UnknownResource(uri, tenant.Name)),
            null => (null, EntraError.UnknownResource(uri, tenant.Name)),
            { IsExchange: true } when tenant.ExchangeDisabled => (null, EntraError.DisabledResource(uri)),
            var resource => (resource, null),
        };
    }
}
