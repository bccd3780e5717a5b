using System.Globalization;
using System.Text.Json.Serialization;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>Token endpoint, openid-configuration, keys and instance discovery.</summary>
internal sealed class EntraEndpoints(
    SandboxDirectory directory, AccessTokens tokens, TokenKeys keys, SandboxFaults faults, TimeProvider time, Uri authority)
{
    private readonly TokenDecision _decision = new(directory, time, authority.GetLeftPart(UriPartial.Authority));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{tenant}/oauth2/v2.0/token", TokenAsync);
        routes.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", OpenIdConfigurationAsync);
        routes.MapGet("/{tenant}/discovery/v2.0/keys", KeysAsync);
        routes.MapGet("/common/discovery/instance", InstanceAsync);
    }

    private static string Tenant(HttpContext context) => (string)context.Request.RouteValues["tenant"]!;

    private async Task TokenAsync(HttpContext context)
    {
        if (await HttpFaultAnswer.StrikeAsync(context, faults.TakeHttp(HttpPlace.Token), time))
        {
            return;
        }

        var request = await TokenRequest.ReadAsync(context, Tenant(context));
        var app = Guid.TryParse(request.ClientId, out var client) ? directory.FindTenant(request.Tenant)?.FindApp(client) : null;
        if (await HttpFaultAnswer.StrikeAsync(context, app?.TokenFault, time))
        {
            return;
        }

        if (app is { ClockAhead: var ahead } && ahead != TimeSpan.Zero)
        {
            context.Response.Headers.Date = (time.GetUtcNow() + ahead).ToString("R", CultureInfo.InvariantCulture);
        }

        context.Response.Headers.CacheControl = "no-store, no-cache";
        context.Response.Headers.Pragma = "no-cache";
        context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        var (grant, error) = _decision.Decide(request);
        if (error is not null)
        {
            await EntraErrorAnswer.WriteAsync(context, error, authority, time.GetUtcNow());
            return;
        }

        var token = tokens.Issue(grant!.Tenant, grant.App, grant.Resource, grant.ByAssertion);
        await context.Response.WriteAsJsonAsync(new TokenAnswer(token), context.RequestAborted);
    }

    private async Task OpenIdConfigurationAsync(HttpContext context)
    {
        if (await HttpFaultAnswer.StrikeAsync(context, faults.TakeHttp(HttpPlace.OpenIdConfiguration), time))
        {
            return;
        }

        var segment = Tenant(context);
        if (directory.FindTenant(segment) is not { } tenant)
        {
            var error = TenantSegment.NotFound(segment) with { Error = "invalid_tenant" };
            await EntraErrorAnswer.WriteAsync(context, error, authority, time.GetUtcNow());
            return;
        }

        if (tenant.OtherCloud)
        {
            await EntraErrorAnswer.WriteAsync(context, EntraError.OtherCloud(tenant.Name), authority, time.GetUtcNow());
            return;
        }

        var root = new Uri(authority, $"/{tenant.Id}").AbsoluteUri;
        await context.Response.WriteAsJsonAsync(new OpenIdConfiguration(root, authority.Authority), context.RequestAborted);
    }

    private Task KeysAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new { keys = new[] { new { kty = "RSA", use = "sig", kid = keys.KeyId, x5t = keys.KeyId, n = keys.Modulus, e = keys.Exponent } } },
        context.RequestAborted);

    // MSAL asks this of authorities that it does not know; the answer makes this host its own only alias.
    private Task InstanceAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new Dictionary<string, object>
        {
            ["tenant_discovery_endpoint"] = new Uri(authority, "/common/v2.0/.well-known/openid-configuration").AbsoluteUri,
            ["api-version"] = "1.1",
            ["metadata"] = new[]
            {
                new { preferred_network = authority.Authority, preferred_cache = authority.Authority, aliases = new[] { authority.Authority, authority.Host } },
            },
        },
        context.RequestAborted);

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken)
    {
        [JsonPropertyName("token_type")]
        public string TokenType => "Bearer";

        [JsonPropertyName("expires_in")]
        public int ExpiresIn => AccessTokens.LifetimeSeconds;

        [JsonPropertyName("ext_expires_in")]
        public int ExtendedExpiresIn => AccessTokens.LifetimeSeconds;
    }
}
