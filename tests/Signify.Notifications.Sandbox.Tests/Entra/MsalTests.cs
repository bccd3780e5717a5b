using Microsoft.Identity.Client;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Entra;

/// <summary>Microsoft's own client takes the sandbox for Entra.</summary>
public sealed class MsalTests(RunningSandbox sandbox)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("contoso.com")]
    [InlineData("3b0f5c1e-6a5d-4f0c-9e21-7d1c0a4be001")]
    public async Task A_token_is_acquired(string tenant)
    {
        var result = await AcquireAsync(tenant, ReadyMadeApps.Granted.Secret);

        Assert.Equal("Bearer", result.TokenType);
    }

    [Fact]
    public async Task A_refusal_is_understood()
    {
        var refused = await Assert.ThrowsAsync<MsalServiceException>(() => AcquireAsync("contoso.com", "wrong"));

        Assert.Equal(("invalid_client", 401), (refused.ErrorCode, refused.StatusCode));
        Assert.Contains("AADSTS7000215", refused.Message, StringComparison.Ordinal);
    }

    private Task<AuthenticationResult> AcquireAsync(string tenant, string secret) => ConfidentialClientApplicationBuilder
        .Create($"{ReadyMadeApps.Granted.ClientId}")
        .WithClientSecret(secret)
        .WithAuthority(new Uri(sandbox.Host.Authority, tenant), validateAuthority: false)
        .WithInstanceDiscovery(false)
        .WithHttpClientFactory(new Trusting(sandbox.Http))
        .Build()
        .AcquireTokenForClient([RunningSandbox.ExchangeScope])
        .ExecuteAsync(Ct);

    private sealed class Trusting(HttpClient http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http;
    }
}
