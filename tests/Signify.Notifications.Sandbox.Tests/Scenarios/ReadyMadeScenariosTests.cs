using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Sandbox.Tests.Exchange;

namespace Signify.Notifications.Sandbox.Tests.Scenarios;

/// <summary>What each ready-made state answers on the wire; which finding that is, is the product's to tell.</summary>
public sealed class ReadyMadeScenariosTests(RunningSandbox sandbox)
{
    private const string Refused = "535: 5.7.3 Authentication unsuccessful";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Ids_findings_and_routes_are_stable() => Assert.Equal(
        [
            "all-granted  automatic", "graph-only  automatic", "secret-expired secret-expired automatic", "secret-wrong secret-wrong automatic",
            "unknown-app client-unknown automatic", "unknown-tenant tenant-unknown automatic", "no-consent no-permission automatic",
            "service-principal-missing service-principal-missing smtp", "smtp-auth-off-tenant smtp-auth-disabled-tenant smtp",
            "smtp-auth-off-mailbox smtp-auth-disabled-mailbox smtp", "mailbox-without-licence mailbox-barred smtp",
            "port-587-blocked connection-refused smtp", "certificate-untrusted tls-untrusted smtp", "exchange-role  smtp",
            "app-disabled app-disabled automatic", "app-public-client app-public-client automatic", "conditional-access conditional-access automatic",
            "entra-throttled entra-throttled automatic", "no-exchange-online no-exchange-online smtp", "exchange-disabled exchange-disabled smtp",
        ],
        sandbox.Host.Scenarios.Where(scenario => scenario.Area == ScenarioArea.Setup).Select(scenario => $"{scenario.Id} {scenario.ExpectedFindingCode} {scenario.Route}"));

    [Fact]
    public void No_two_share_an_id() => Assert.Equal(sandbox.Host.Scenarios.Count, sandbox.Host.Scenarios.DistinctBy(scenario => scenario.Id).Count());

    [Fact]
    public void No_two_apps_share_a_client_id() =>
        Assert.All(sandbox.Host.Directory.Tenants, tenant => Assert.Equal(tenant.Apps.Count, tenant.Apps.DistinctBy(app => app.ClientId).Count()));

    [Theory]
    [InlineData("starttls-stripped", "SMTPUTF8", "STARTTLS")]
    [InlineData("not-a-mail-server", "HTTP/1.1 400 Bad Request", "220 ")]
    public async Task A_door_says_what_stands_behind_it(string door, string says, string not)
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct, sandbox.Host.DoorPorts[door]);
        var words = await smtp.ReadReplyAsync();
        words = words.StartsWith("220", StringComparison.Ordinal) ? await smtp.SendAsync("EHLO localhost") : words;

        Assert.Contains(says, words, StringComparison.Ordinal);
        Assert.DoesNotContain(not, words, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_look_like_those_of_Entra() =>
        Assert.All(sandbox.Host.Scenarios.Where(scenario => scenario.Area != ScenarioArea.Fields), scenario => Assert.Matches(@"^[A-Za-z0-9]{3}8Q~[A-Za-z0-9]{34}$", scenario.ClientSecret));

    [Theory]
    [InlineData("secret-expired", 7000222)]
    [InlineData("secret-wrong", 7000215)]
    [InlineData("unknown-app", 700016)]
    [InlineData("unknown-tenant", 90002)]
    [InlineData("app-disabled", 7000112)]
    [InlineData("app-public-client", 700025)]
    [InlineData("conditional-access", 53003)]
    [InlineData("entra-throttled", 90055)]
    [InlineData("no-exchange-online", 500011)]
    [InlineData("exchange-disabled", 500014)]
    public async Task Entra_refuses(string id, int code)
    {
        using var answer = await AskAsync(Scenario(id), RunningSandbox.ExchangeScope);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(code, body.GetProperty("error_codes")[0].GetInt32());
    }

    [Theory]
    [InlineData("graph-only", Refused)]
    [InlineData("no-consent", Refused)]
    [InlineData("service-principal-missing", Refused)]
    [InlineData("smtp-auth-off-tenant", "535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [")]
    [InlineData("smtp-auth-off-mailbox", "535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information. [")]
    public async Task Exchange_refuses_the_sign_in(string id, string words)
    {
        var refused = await Assert.ThrowsAsync<AuthenticationException>(() => SignInAsync(Scenario(id)));

        Assert.StartsWith(words, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all-granted")]
    [InlineData("exchange-role")]
    public async Task SMTP_sends(string id)
    {
        using var client = await SignInAsync(Scenario(id));

        Assert.StartsWith("2.0.0 OK", await client.SendAsync(Messages.New(id), Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all-granted", HttpStatusCode.Accepted)]
    [InlineData("graph-only", HttpStatusCode.Accepted)]
    [InlineData("no-consent", HttpStatusCode.Forbidden)]
    [InlineData("service-principal-missing", HttpStatusCode.Forbidden)]
    public async Task Graph_answers(string id, HttpStatusCode status)
    {
        var scenario = Scenario(id);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1.0/users/{scenario.FromEmail}/sendMail")
        {
            Content = JsonContent.Create(new { message = new { subject = id, toRecipients = new[] { new { emailAddress = new { address = "a@example.com" } } } } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(scenario, RunningSandbox.GraphScope));

        using var answer = await sandbox.Http.SendAsync(request, Ct);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_mailbox_without_licence_is_barred_at_MAIL_FROM()
    {
        var scenario = Scenario("mailbox-without-licence");
        using var client = await SignInAsync(scenario);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Messages.New("x", scenario.FromEmail), Ct));

        Assert.Equal((SmtpErrorCode.SenderNotAccepted, 550), (refused.ErrorCode, (int)refused.StatusCode));
        Assert.StartsWith("5.2.253 ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_blocked_port_refuses_connections()
    {
        using var socket = new TcpClient();

        var refused = await Assert.ThrowsAsync<SocketException>(
            async () => await socket.ConnectAsync(sandbox.Host.SmtpHost, Scenario("port-587-blocked").Port, Ct));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task The_untrusted_certificate_is_not_of_the_root() =>
        await Assert.ThrowsAsync<SslHandshakeException>(() => sandbox.ConnectAsync(Ct, Scenario("certificate-untrusted").Port));

    private SandboxScenario Scenario(string id) => Assert.Single(sandbox.Host.Scenarios, scenario => scenario.Id == id);

    private Task<HttpResponseMessage> AskAsync(SandboxScenario scenario, string scope) =>
        sandbox.AskTokenAsync(scenario.TenantId, scenario.ClientId, scenario.ClientSecret, scope, Ct);

    private async Task<string> TokenAsync(SandboxScenario scenario, string scope)
    {
        using var answer = await AskAsync(scenario, scope);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("access_token").GetString()!;
    }

    private async Task<SmtpClient> SignInAsync(SandboxScenario scenario)
    {
        var token = await TokenAsync(scenario, RunningSandbox.ExchangeScope);
        var client = await sandbox.ConnectAsync(Ct, scenario.Port);
        await client.AuthenticateAsync(new SaslMechanismOAuth2(scenario.FromEmail, token), Ct);
        return client;
    }
}
