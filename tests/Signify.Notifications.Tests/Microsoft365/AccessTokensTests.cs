using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Microsoft365;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class AccessTokensTests(LabFixture fixture) : IClassFixture<LabFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StubCloud Cloud => fixture.Lab.Cloud;

    [Fact]
    public async Task A_token_comes_with_its_claims_as_evidence()
    {
        Cloud.Answer(CloudPlace.ExchangeToken, StubCloud.TokenReply(TestToken.Mint("https://outlook.office365.com", ["SMTP.SendAsApp", "IMAP.AccessAsApp"])));

        var token = await AcquireAsync();

        var claims = token.Claims!;
        Assert.Equal(("https://outlook.office365.com", StubCloud.Tenant, StubCloud.Client, StubCloud.ObjectId, "Mail app"),
            (claims.Audience, claims.TenantId, claims.AppId, claims.ObjectId, claims.AppName));
        Assert.Equal(["SMTP.SendAsApp", "IMAP.AccessAsApp"], claims.Roles);
        Assert.DoesNotContain(token.Value.Reveal(), token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_acquisition_asks_the_server_again()
    {
        await using var lab = await Lab.StartAsync();

        await lab.Library.Get<IAccessTokens>().AcquireFreshAsync(lab.Settings(), TokenResource.Exchange, Ct);
        await lab.Library.Get<IAccessTokens>().AcquireFreshAsync(lab.Settings(), TokenResource.Exchange, Ct);

        Assert.Equal(2, lab.Cloud.Count(CloudPlace.ExchangeToken));
    }

    [Fact]
    public async Task The_request_carries_the_app_the_secret_and_the_default_scope_to_the_tenant()
    {
        await using var lab = await Lab.StartAsync();

        await lab.Library.Get<IAccessTokens>().AcquireFreshAsync(lab.Settings(), TokenResource.Graph, Ct);

        var request = Assert.Single(lab.Cloud.Requests);
        Assert.Equal($"/{StubCloud.Tenant}/oauth2/v2.0/token", request.Path);
        Assert.Equal(("client_credentials", StubCloud.Client, StubCloud.Secret),
            (request.Form["grant_type"], request.Form["client_id"], request.Form["client_secret"]));
        Assert.Contains("https://graph.microsoft.com/.default", request.Form["scope"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throttle_is_told_and_not_remembered()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.ExchangeToken, StubReply.Aadsts(90055, "invalid_request", 429).With("Retry-After", "300"));
        var refused = await Assert.ThrowsAsync<TransportUnavailableException>(
            () => lab.Library.Get<IAccessTokens>().AcquireFreshAsync(lab.Settings(), TokenResource.Exchange, Ct));
        lab.Cloud.Answer(CloudPlace.ExchangeToken, StubCloud.TokenReply(TestToken.Mint("aud", [])));

        await lab.Library.Get<IAccessTokens>().AcquireFreshAsync(lab.Settings(), TokenResource.Exchange, Ct);

        Assert.Equal(["entra-throttled/"], refused.Findings.Marks());
        Assert.Contains("300 seconds", refused.Findings[0].Message, StringComparison.Ordinal);
        Assert.Equal(2, lab.Cloud.Count(CloudPlace.ExchangeToken));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(500)]
    public async Task A_server_error_is_told_after_one_request(int status)
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.ExchangeToken, new StubReply(status, "<html>busy</html>") { ContentType = "text/html" });

        var refused = await Assert.ThrowsAsync<TransportUnavailableException>(
            () => lab.Library.Get<IAccessTokens>().AcquireFreshAsync(lab.Settings(), TokenResource.Exchange, Ct));

        Assert.Equal(["entra-unavailable/"], refused.Findings.Marks());
        Assert.Equal(1, lab.Cloud.Count(CloudPlace.ExchangeToken));
    }

    [Theory]
    [InlineData(7000215, "secret-wrong/clientSecret")]
    [InlineData(70002, "secret-wrong/clientSecret")]
    [InlineData(7000222, "secret-expired/clientSecret")]
    [InlineData(7000216, "secret-required/clientSecret")]
    [InlineData(7000218, "secret-required/clientSecret")]
    [InlineData(700016, "client-unknown/clientId")]
    [InlineData(700011, "client-unknown/clientId")]
    [InlineData(7000229, "app-not-in-tenant/clientId")]
    [InlineData(7000112, "app-disabled/clientId")]
    [InlineData(70001, "app-disabled/clientId")]
    [InlineData(7000113, "app-disabled/clientId")]
    [InlineData(1000031, "app-disabled/clientId")]
    [InlineData(90002, "tenant-unknown/tenantId")]
    [InlineData(900023, "tenant-id-invalid/tenantId")]
    [InlineData(50059, "tenant-id-invalid/tenantId")]
    [InlineData(50128, "tenant-id-invalid/tenantId")]
    [InlineData(90019, "tenant-id-invalid/tenantId")]
    [InlineData(9001023, "tenant-id-invalid/tenantId")]
    [InlineData(90124, "tenant-id-invalid/tenantId")]
    [InlineData(90130, "tenant-id-invalid/tenantId")]
    [InlineData(50194, "tenant-id-invalid/tenantId")]
    [InlineData(90038, "tenant-other-cloud/cloud")]
    [InlineData(900382, "tenant-other-cloud/cloud")]
    [InlineData(900432, "tenant-other-cloud/cloud")]
    [InlineData(90051, "tenant-other-cloud/cloud")]
    [InlineData(50049, "tenant-other-cloud/cloud")]
    [InlineData(500011, "no-exchange-online/cloud")]
    [InlineData(500014, "exchange-disabled/tenantId")]
    [InlineData(50001, "exchange-disabled/tenantId")]
    [InlineData(650052, "exchange-disabled/tenantId")]
    [InlineData(650054, "exchange-disabled/tenantId")]
    [InlineData(650057, "no-permission/clientId")]
    [InlineData(650056, "no-permission/clientId")]
    [InlineData(65001, "no-permission/clientId")]
    [InlineData(700025, "app-public-client/clientId")]
    [InlineData(700027, "cert-not-registered/clientSecret")]
    [InlineData(700030, "cert-not-registered/clientSecret")]
    [InlineData(50012, "cert-not-registered/clientSecret")]
    [InlineData(700021, "cert-not-registered/clientSecret")]
    [InlineData(700213, "cert-not-registered/clientSecret")]
    [InlineData(700211, "cert-not-registered/clientSecret")]
    [InlineData(70021, "cert-not-registered/clientSecret")]
    [InlineData(700024, "clock-skew/")]
    [InlineData(1000502, "cert-expired/clientSecret")]
    [InlineData(7000274, "cert-expired/clientSecret")]
    [InlineData(7000214, "cert-expired/clientSecret")]
    [InlineData(7000277, "cert-expired/clientSecret")]
    [InlineData(53003, "conditional-access/clientId")]
    [InlineData(530032, "conditional-access/clientId")]
    [InlineData(53011, "conditional-access/clientId")]
    [InlineData(530035, "security-defaults/tenantId")]
    [InlineData(90055, "entra-throttled/")]
    [InlineData(50196, "entra-throttled/")]
    [InlineData(90006, "entra-unavailable/")]
    [InlineData(90012, "entra-unavailable/")]
    [InlineData(90024, "entra-unavailable/")]
    [InlineData(90033, "entra-unavailable/")]
    [InlineData(90090, "entra-unavailable/")]
    [InlineData(90091, "entra-unavailable/")]
    [InlineData(50033, "entra-unavailable/")]
    [InlineData(50087, "entra-unavailable/")]
    [InlineData(50000, "entra-unavailable/")]
    [InlineData(90036, "entra-unavailable/")]
    [InlineData(900144, "entra-refused/")]
    [InlineData(90013, "entra-refused/")]
    [InlineData(90014, "entra-refused/")]
    [InlineData(90023, "entra-refused/")]
    [InlineData(9002313, "entra-refused/")]
    [InlineData(70011, "entra-refused/")]
    [InlineData(1002012, "entra-refused/")]
    [InlineData(28002, "entra-refused/")]
    [InlineData(28003, "entra-refused/")]
    [InlineData(700022, "entra-refused/")]
    [InlineData(700023, "entra-refused/")]
    [InlineData(90009, "entra-refused/")]
    [InlineData(700229, "entra-refused/")]
    [InlineData(123456789, "entra-refused/")]
    public async Task Each_number_of_entra_has_its_meaning(int number, string finding)
    {
        Cloud.Answer(CloudPlace.ExchangeToken, StubReply.Aadsts(number));

        var refused = await RefusedAsync();

        Assert.Equal([finding], refused.Findings.Marks());
        Assert.Contains($"AADSTS{number}", refused.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired."}""", "secret-expired/clientSecret")]
    [InlineData(401, """{"error":"invalid_client"}""", "secret-wrong/clientSecret")]
    [InlineData(400, """{"error":"unauthorized_client","error_codes":"none"}""", "client-unknown/clientId")]
    [InlineData(400, """{"error":"invalid_resource","error_codes":[]}""", "no-exchange-online/cloud")]
    [InlineData(400, """{"error":"interaction_required"}""", "conditional-access/clientId")]
    [InlineData(400, """{"error":"temporarily_unavailable"}""", "entra-unavailable/")]
    [InlineData(400, """{"error":{"code":"odd"}}""", "entra-interfered/")]
    [InlineData(429, "slow down", "entra-throttled/")]
    [InlineData(400, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid cl""", "secret-wrong/clientSecret")]
    [InlineData(403, "<html><body>Blocked by the proxy of Contoso</body></html>", "entra-interfered/")]
    [InlineData(400, "", "entra-interfered/")]
    [InlineData(302, "", "entra-interfered/")]
    [InlineData(404, "null", "entra-interfered/")]
    [InlineData(400, "[1,2,3]", "entra-interfered/")]
    [InlineData(200, "<html>Welcome to the network of the hotel</html>", "entra-interfered/")]
    [InlineData(200, "", "entra-interfered/")]
    [InlineData(200, "null", "entra-interfered/")]
    [InlineData(200, "[]", "entra-interfered/")]
    [InlineData(200, "{}", "entra-interfered/")]
    [InlineData(200, """{"token_type":"Bearer","expires_in":3599}""", "entra-interfered/")]
    [InlineData(200, """{"token_type":"Bearer","expires_in":"soon","access_token":"x"}""", "entra-interfered/")]
    [InlineData(200, """{"token_type":"Bearer","expires_in":3599,"access_token":"ab""", "entra-interfered/")]
    [InlineData(200, """{"token_type":"Bearer","expires_in":3599,"access_token":""}""", "entra-interfered/")]
    public async Task An_answer_that_is_not_quite_entras_is_told_apart(int status, string body, string finding)
    {
        Cloud.Answer(CloudPlace.ExchangeToken, new StubReply(status, body).With("Location", "https://stranger.example/"));

        Assert.Equal([finding], (await RefusedAsync()).Findings.Marks());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task A_body_without_end_is_not_read_to_its_end(int status)
    {
        Cloud.Answer(CloudPlace.ExchangeToken, new StubReply(status, new string('x', 5_000_000)));

        var refused = await RefusedAsync();

        Assert.Equal(["entra-interfered/"], refused.Findings.Marks());
        Assert.True(refused.Evidence!.Length < 100_000);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_answer_is_told()
    {
        Cloud.Answer(CloudPlace.ExchangeToken, new StubReply(200, new string(' ', 500)) { CutAt = 100 });

        Assert.Equal(["entra-unreachable/"], (await RefusedAsync()).Findings.Marks());
    }

    [Fact]
    public async Task A_secret_never_follows_a_redirect()
    {
        await using var stranger = new StubCloud();
        Cloud.Answer(CloudPlace.ExchangeToken, new StubReply(307, "").With("Location", $"https://{stranger.Host}/{StubCloud.Tenant}/oauth2/v2.0/token"));

        await RefusedAsync();

        Assert.Empty(stranger.Requests);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_told_with_the_reason()
    {
        await using var refused = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Clouds:Lab:Authority"] = $"127.0.0.1:{LoopbackListener.RefusedPort()}" });
        await using var unknown = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Clouds:Lab:Authority"] = "no-such-host.invalid" });

        var first = await RefusedAsync(refused);
        var second = await RefusedAsync(unknown);

        Assert.Equal(["entra-unreachable/", "entra-unreachable/"], first.Findings.Concat(second.Findings).Marks());
        Assert.Contains("refused", first.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("not found", second.Findings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(TestCertificates.SelfSigned), "tls-untrusted/cloud")]
    [InlineData(nameof(TestCertificates.Expired), "tls-expired/cloud")]
    [InlineData(nameof(TestCertificates.WrongName), "tls-wrong-name/cloud")]
    public async Task The_secret_is_not_sent_to_a_service_without_a_good_certificate(string certificate, string finding)
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Certificate = Named.Certificate(certificate);

        Assert.Equal([finding], (await RefusedAsync(lab)).Findings.Marks());
        Assert.Empty(lab.Cloud.Requests);
    }

    [Fact]
    public async Task A_token_that_cannot_be_read_is_still_a_token()
    {
        Cloud.Answer(CloudPlace.ExchangeToken, StubCloud.TokenReply("EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA"));

        var token = await AcquireAsync();

        Assert.Equal("EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA", token.Value.Reveal());
        Assert.Null(token.Claims);
    }

    [Fact]
    public async Task The_clock_of_the_service_is_compared_with_ours()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        await using var lab = await Lab.StartAsync(time: time);
        lab.Cloud.Answer(CloudPlace.ExchangeToken, StubCloud.TokenReply(TestToken.Mint("aud", [])).With("Date", "Mon, 23 Nov 2026 08:10:00 GMT"));

        var token = await lab.Library.Get<IAccessTokens>().AcquireFreshAsync(lab.Settings(), TokenResource.Exchange, Ct);

        Assert.Equal(TimeSpan.FromMinutes(10), token.ClockSkew);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a.!!!.c")]
    [InlineData("a.bm90IGpzb24.c")]
    [InlineData("a.W10.c")]
    [InlineData("..")]
    [InlineData("")]
    public void Anything_that_is_no_jwt_has_no_claims(string token)
    {
        Assert.Null(TokenClaims.TryRead(token));
    }

    [Fact]
    public void Claims_of_an_unexpected_kind_are_left_out()
    {
        var claims = TokenClaims.TryRead(TestToken.Of(Encoding.UTF8.GetBytes("""{"aud":7,"roles":["A",1,null],"exp":1e300,"iat":-5,"azp":"v2-app"}""")))!;

        Assert.Equal((null, "v2-app", null, null), (claims.Audience, claims.AppId, claims.ExpiresAt, claims.IssuedAt));
        Assert.Equal(["A"], claims.Roles);
    }

    private Task<AccessToken> AcquireAsync() => fixture.Lab.Library.Get<IAccessTokens>().AcquireFreshAsync(fixture.Lab.Settings(), TokenResource.Exchange, Ct);

    private Task<TransportUnavailableException> RefusedAsync(Lab? lab = null) => Assert.ThrowsAsync<TransportUnavailableException>(
        () => (lab ?? fixture.Lab).Library.Get<IAccessTokens>().AcquireFreshAsync((lab ?? fixture.Lab).Settings(), TokenResource.Exchange, Ct));
}
