using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Audit;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests;

/// <summary>Servers that say the secret and the token back in every answer: nothing that is shown, logged or stored may hold them.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SecretsSweepTests
{
    private static readonly string Jwt = TestToken.Mint("https://outlook.office365.com", ["SMTP.SendAsApp", "Mail.Send"]);

    // Entra may hand out tokens that are no JWT, and short ones.
    private const string Opaque = "EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA";

    private const string Standby = "Qr45Q~.the-standby-of-a-secret_98765432abcd";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpMoment.Auth, 535)]
    [InlineData(SmtpMoment.Auth, 454)]
    [InlineData(SmtpMoment.Mail, 550)]
    [InlineData(SmtpMoment.Content, 554)]
    public async Task A_mail_server_that_says_the_secrets_back_gets_them_nowhere(SmtpMoment moment, int code)
    {
        foreach (var token in new[] { Jwt, Opaque })
        {
            await using var lab = await Lab.StartAsync(level: LogLevel.Trace);
            lab.Cloud.AnswerTokens(StubCloud.TokenReply(token));
            lab.Smtp.Script = SmtpScript.Exchange.Answer(moment, $"{code} 5.7.3 you said {StubCloud.Secret}, {Standby} and {token} as {XOAuth2(token)} or Bearer {token}");

            await SweepAsync(lab, token, lab.Input with { Route = "smtp" });
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(503)]
    [InlineData(200)]
    public async Task A_cloud_that_says_the_secrets_back_gets_them_nowhere(int status)
    {
        await using var lab = await Lab.StartAsync(level: LogLevel.Trace);
        var echo = new StubReply(status, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: not {{StubCloud.Secret}} nor {{Uri.EscapeDataString(StubCloud.Secret)}} nor {{Standby}}","access_token":"{{Jwt}}"}""");
        lab.Cloud.AnswerTokens(echo);
        lab.Cloud.Answer(CloudPlace.Tenant, echo);

        await SweepAsync(lab, Jwt, lab.Input);
    }

    [Fact]
    public async Task A_graph_that_says_the_token_back_gets_it_nowhere()
    {
        foreach (var token in new[] { Jwt, Opaque })
        {
            await using var lab = await Lab.StartAsync(level: LogLevel.Trace);
            lab.Cloud.AnswerTokens(StubCloud.TokenReply(token));
            lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(403, "ErrorAccessDenied", $"You sent {token} and {StubCloud.Secret} and {Standby}"));

            await SweepAsync(lab, token, lab.Input with { Route = "graph" });
        }
    }

    [Fact]
    public async Task The_text_of_an_exception_holds_no_words_of_a_server()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Auth, $"535 5.7.3 you said {Opaque}"));
        await using var dialogue = lab.Library.Get<SmtpRoad>().Open(lab.Settings());
        await dialogue.ConnectAsync(await dialogue.ResolveAsync(Ct), Ct);
        await dialogue.SecureAsync(Ct);

        var refused = await Assert.ThrowsAsync<TransportUnavailableException>(
            () => dialogue.SignInAsync(new SmtpCredentials.Token(Lab.From, new SecretText(Opaque)), Ct));

        Assert.NotNull(refused.InnerException);
        Assert.DoesNotContain(Opaque, refused.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(SmtpDialogue), refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task SweepAsync(Lab lab, string token, SettingsInput input)
    {
        var report = await lab.CheckAsync(input with { StandbySecret = Standby, StandbySecretExpiresOn = "2998-06-30" });
        var result = await lab.Library.Get<TestMessage>().SendAsync((await lab.OverviewAsync()).Newest!, "anna@contoso.com", "anna", Ct);
        var audit = await lab.Library.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 100, Ct);

        Assert.False(result.Delivered);
        string[] places =
        [
            JsonSerializer.Serialize(report, FindingJson.Options),
            string.Join('\n', report.Steps.Select(s => $"{s} {s.Evidence}")),
            $"{result} {JsonSerializer.Serialize(result, FindingJson.Options)}",
            string.Join('\n', audit.Select(e => e.Details)),
            string.Join('\n', lab.Library.Logs.Lines),
            lab.Folder.AllBytes(),
        ];
        string[] secrets = [Standby, StubCloud.Secret, Uri.EscapeDataString(StubCloud.Secret), token, token[..30], token[^30..], XOAuth2(token)[..60], Convert.ToBase64String(Encoding.ASCII.GetBytes(StubCloud.Secret))];
        Assert.NotEmpty(lab.Library.Logs.Lines);
        Assert.All(places, place => Assert.All(secrets, secret => Assert.DoesNotContain(secret, place, StringComparison.OrdinalIgnoreCase)));
    }

    private static string XOAuth2(string token) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"user={Lab.From}\u0001auth=Bearer {token}\u0001\u0001"));
}
