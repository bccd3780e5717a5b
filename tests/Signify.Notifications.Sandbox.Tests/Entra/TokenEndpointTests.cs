using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Entra;

public sealed class TokenEndpointTests(RunningSandbox sandbox)
{
    private const string Exchange = RunningSandbox.ExchangeScope;
    private static readonly SandboxApp App = ReadyMadeApps.Granted;
    private static readonly string Contoso = $"{ReadyMadeTenants.ContosoId}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string, int, string, HttpStatusCode> Refusals => new()
    {
        { Contoso, $"{App.ClientId}", "wrong", Exchange, 7000215, "invalid_client", HttpStatusCode.Unauthorized },
        { Contoso, $"{ReadyMadeApps.SecretExpired.ClientId}", ReadyMadeApps.SecretExpired.Secret, Exchange, 7000222, "invalid_client", HttpStatusCode.Unauthorized },
        { Contoso, $"{App.ClientId}", "", Exchange, 7000216, "invalid_client", HttpStatusCode.Unauthorized },
        { Contoso, $"{Guid.Empty}", App.Secret, Exchange, 700016, "unauthorized_client", HttpStatusCode.BadRequest },
        { Contoso, "not-a-guid", App.Secret, Exchange, 700016, "unauthorized_client", HttpStatusCode.BadRequest },
        { $"{Guid.Empty}", $"{App.ClientId}", App.Secret, Exchange, 90002, "invalid_request", HttpStatusCode.BadRequest },
        { "nowhere.example", $"{App.ClientId}", App.Secret, Exchange, 90002, "invalid_request", HttpStatusCode.BadRequest },
        { "no_tenant", $"{App.ClientId}", App.Secret, Exchange, 900023, "invalid_request", HttpStatusCode.BadRequest },
        { "common", $"{App.ClientId}", App.Secret, Exchange, 9001023, "invalid_request", HttpStatusCode.BadRequest },
        { "consumers", $"{App.ClientId}", App.Secret, Exchange, 9001023, "invalid_request", HttpStatusCode.BadRequest },
        { "organizations", $"{App.ClientId}", App.Secret, Exchange, 50194, "invalid_request", HttpStatusCode.BadRequest },
        { Contoso, $"{ReadyMadeApps.Disabled.ClientId}", ReadyMadeApps.Disabled.Secret, Exchange, 7000112, "unauthorized_client", HttpStatusCode.BadRequest },
        { Contoso, $"{ReadyMadeApps.PublicClient.ClientId}", ReadyMadeApps.PublicClient.Secret, Exchange, 700025, "invalid_client", HttpStatusCode.Unauthorized },
        { Contoso, $"{ReadyMadeApps.ConditionalAccess.ClientId}", ReadyMadeApps.ConditionalAccess.Secret, Exchange, 53003, "access_denied", HttpStatusCode.BadRequest },
        { Contoso, $"{ReadyMadeApps.Throttled.ClientId}", ReadyMadeApps.Throttled.Secret, Exchange, 90055, "temporarily_unavailable", HttpStatusCode.TooManyRequests },
        { "northwind.com", $"{ReadyMadeApps.Northwind.ClientId}", ReadyMadeApps.Northwind.Secret, Exchange, 500011, "invalid_resource", HttpStatusCode.BadRequest },
        { "tailspin.com", $"{ReadyMadeApps.Tailspin.ClientId}", ReadyMadeApps.Tailspin.Secret, Exchange, 500014, "invalid_resource", HttpStatusCode.BadRequest },
        { Contoso, $"{App.ClientId}", App.Secret, "https://elsewhere.example/.default", 500011, "invalid_resource", HttpStatusCode.BadRequest },
        { Contoso, $"{App.ClientId}", App.Secret, "https://outlook.office365.com/SMTP.SendAsApp", 1002012, "invalid_scope", HttpStatusCode.BadRequest },
        { Contoso, $"{App.ClientId}", App.Secret, "", 900144, "invalid_request", HttpStatusCode.BadRequest },
        { Contoso, "", App.Secret, Exchange, 900144, "invalid_request", HttpStatusCode.BadRequest },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_has_the_shape_that_Entra_gives_it(
        string tenant, string clientId, string secret, string scope, int code, string error, HttpStatusCode status)
    {
        using var answer = await sandbox.AskTokenAsync(tenant, clientId, secret, scope, Ct);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((status, error, code), (answer.StatusCode, body.GetProperty("error").GetString(), body.GetProperty("error_codes")[0].GetInt32()));
        var description = body.GetProperty("error_description").GetString();
        Assert.Matches($@"^AADSTS{code}: .+ Trace ID: [0-9a-f-]{{36}} Correlation ID: [0-9a-f-]{{36}} Timestamp: \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ$", description);
        Assert.EndsWith($"Timestamp: {body.GetProperty("timestamp").GetString()}", description, StringComparison.Ordinal);
        Assert.Contains(body.GetProperty("trace_id").GetString()!, description, StringComparison.Ordinal);
        Assert.Contains(body.GetProperty("correlation_id").GetString()!, description, StringComparison.Ordinal);
        Assert.EndsWith($"/error?code={code}", body.GetProperty("error_uri").GetString(), StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.TooManyRequests ? TimeSpan.FromSeconds(60) : null, answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_token_carries_the_claims_of_an_app()
    {
        var claims = Claims(await sandbox.TokenAsync(App, Exchange, Ct));

        Assert.Equal("https://outlook.office365.com", claims.GetProperty("aud").GetString());
        Assert.Equal($"https://sts.windows.net/{Contoso}/", claims.GetProperty("iss").GetString());
        Assert.Equal(Contoso, claims.GetProperty("tid").GetString());
        Assert.Equal($"{App.ClientId}", claims.GetProperty("appid").GetString());
        Assert.Equal($"{App.ObjectId}", claims.GetProperty("oid").GetString());
        Assert.Equal("SMTP.SendAsApp", Assert.Single(claims.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal(("1.0", "app", "1"), (claims.GetProperty("ver").GetString(), claims.GetProperty("idtyp").GetString(), claims.GetProperty("appidacr").GetString()));
        Assert.Equal(3599, claims.GetProperty("exp").GetInt64() - claims.GetProperty("nbf").GetInt64());
    }

    [Fact]
    public async Task With_nothing_granted_a_token_comes_without_roles()
    {
        var claims = Claims(await sandbox.TokenAsync(ReadyMadeApps.NoConsent, RunningSandbox.GraphScope, Ct));

        Assert.False(claims.TryGetProperty("roles", out _));
    }

    [Theory]
    [InlineData("https://outlook.office365.us/.default", "SMTP.SendAsApp")]
    [InlineData("https://partner.outlook.cn/.default", "SMTP.SendAsApp")]
    [InlineData("https://graph.microsoft.us/.default", "Mail.Send")]
    [InlineData("https://microsoftgraph.chinacloudapi.cn/.default", "Mail.Send")]
    public async Task The_scopes_of_other_clouds_are_known(string scope, string role)
    {
        var claims = Claims(await sandbox.TokenAsync(App, scope, Ct));

        Assert.Equal(role, Assert.Single(claims.GetProperty("roles").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task The_sandboxs_own_address_is_a_scope_for_Graph()
    {
        var claims = Claims(await sandbox.TokenAsync(App, new Uri(sandbox.Host.Graph, "/.default").AbsoluteUri, Ct));

        Assert.Equal("Mail.Send", Assert.Single(claims.GetProperty("roles").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Credentials_are_taken_from_the_Authorization_header_too()
    {
        using var request = Request([new("grant_type", "client_credentials"), new("scope", Exchange)]);
        var pair = $"{App.ClientId}:{Uri.EscapeDataString(App.Secret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));

        using var answer = await sandbox.Http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(3600, true, 200)]
    [InlineData(-1, true, 401)]
    [InlineData(3600, false, 401)]
    public async Task An_assertion_is_looked_at_for_its_form_and_times(int secondsLeft, bool ofThisApp, int status)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = ofThisApp ? App.ClientId : Guid.NewGuid(),
            exp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + secondsLeft,
        });
        using var request = Request(
        [
            new("grant_type", "client_credentials"), new("scope", Exchange), new("client_id", $"{App.ClientId}"),
            new("client_assertion", $"e30.{Base64Url.EncodeToString(body)}.AA"),
        ]);

        using var answer = await sandbox.Http.SendAsync(request, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("contoso.com")]
    [InlineData("contoso.onmicrosoft.com")]
    [InlineData("3B0F5C1E-6A5D-4F0C-9E21-7D1C0A4BE001")]
    public async Task Discovery_tells_the_tenant_of_a_domain(string tenant)
    {
        var document = await sandbox.Http.GetFromJsonAsync<JsonElement>($"/{tenant}/v2.0/.well-known/openid-configuration", Ct);

        Assert.Equal(new Uri(sandbox.Host.Authority, $"/{Contoso}/v2.0").AbsoluteUri, document.GetProperty("issuer").GetString());
        Assert.Equal(new Uri(sandbox.Host.Authority, $"/{Contoso}/oauth2/v2.0/token").AbsoluteUri, document.GetProperty("token_endpoint").GetString());
        var keys = await sandbox.Http.GetFromJsonAsync<JsonElement>(document.GetProperty("jwks_uri").GetString(), Ct);
        Assert.Equal("RSA", keys.GetProperty("keys")[0].GetProperty("kty").GetString());
    }

    [Fact]
    public async Task Discovery_of_an_unknown_tenant_is_refused()
    {
        using var answer = await sandbox.Http.GetAsync("/nowhere.example/v2.0/.well-known/openid-configuration", Ct);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((HttpStatusCode.BadRequest, 90002), (answer.StatusCode, body.GetProperty("error_codes")[0].GetInt32()));
    }

    [Fact]
    public async Task Instance_discovery_names_this_host_alone()
    {
        var document = await sandbox.Http.GetFromJsonAsync<JsonElement>("/common/discovery/instance?api-version=1.1", Ct);

        Assert.Equal(sandbox.Host.Authority.Authority, document.GetProperty("metadata")[0].GetProperty("preferred_network").GetString());
    }

    private static JsonElement Claims(string token) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static HttpRequestMessage Request(IEnumerable<KeyValuePair<string, string>> form) =>
        new(HttpMethod.Post, $"/{Contoso}/oauth2/v2.0/token") { Content = new FormUrlEncodedContent(form) };
}
