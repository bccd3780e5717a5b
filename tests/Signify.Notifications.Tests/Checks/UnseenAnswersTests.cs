using Signify.Notifications.Checks;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Tests.Transports;

namespace Signify.Notifications.Tests.Checks;

/// <summary>Any response, at any stage: a finding that can be read, and never an exception.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class UnseenAnswersTests(UnseenAnswersTests.Fixture fixture) : IClassFixture<UnseenAnswersTests.Fixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lab Lab => fixture.Lab;

    public static TheoryData<string> Answers() => [.. HostileHttp.All.Keys];

    public static TheoryData<string> SlowAnswers() => [.. HostileHttp.Slow.Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    [MemberData(nameof(SlowAnswers))]
    public async Task Any_answer_of_the_token_endpoint_ends_in_a_finding(string answer)
    {
        Lab.Cloud.AnswerTokens(Reply(answer));
        Lab.Cloud.Answer(CloudPlace.Tenant, Reply(answer));

        var report = await CheckAsync(Lab.Input);

        Assert.False(report.Passed);
        // What is said at Tenant is not said once more at the token.
        AssertTold(report.Steps.First(step => step.State == StepState.Failed));
        Assert.Equal(StepState.Failed, report.Step(StepName.TokenForExchange).State);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    [MemberData(nameof(SlowAnswers))]
    public async Task Any_answer_about_the_tenant_leaves_the_verdict_to_the_token(string answer)
    {
        fixture.AnswerTokensAsUsual();
        Lab.Cloud.Answer(CloudPlace.Tenant, Reply(answer));

        var report = await CheckAsync(Lab.Input);

        Assert.Equal((true, Route.Smtp), (report.Passed, report.Route));
        AssertTold(report.Step(StepName.Tenant));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    [MemberData(nameof(SlowAnswers))]
    public async Task Any_answer_of_graph_to_a_message_ends_in_an_outcome_with_its_reason(string answer)
    {
        fixture.AnswerTokensAsUsual();
        Lab.Cloud.Answer(CloudPlace.SendMail, Reply(answer));
        await using var session = await Lab.OpenAsync(Route.Graph, Lab.Input with { TimeoutSeconds = "5" });

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com"), Ct).WaitAsync(TestTimeouts.Step, Ct);

        Assert.DoesNotContain("accepted", outcome.InShort(), StringComparison.Ordinal);
        Assert.True((outcome.Words() ?? "").Length < 5000);
    }

    public static TheoryData<SmtpMoment, string> Replies()
    {
        string[] replies =
        [
            "535-5.7.3 Authentication\r\n550 5.1.1 unsuccessful",
            "535-5.7.139 Authentifizierung fehlgeschlagen,\r\n535-SmtpClientAuthentication ist für den Mandanten\r\n535 deaktiviert.",
            "550 5.7.1 您的訊息無法傳送",
            "<html><head><title>Blocked by Contoso Web Filter</title></head></html>",
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>no</html>",
            "550 \0\0 nothing \u001b[31m red \u202e turned",
            "",
            "999 9.9.9 of no class",
            "55",
            "550-and\r\n550-never\r\n550-the same\r\n250 code",
            "421 4.3.2 " + new string('x', 20_000),
        ];
        var rows = new TheoryData<SmtpMoment, string>();
        foreach (var moment in new[] { SmtpMoment.Greeting, SmtpMoment.Ehlo, SmtpMoment.StartTls, SmtpMoment.EhloTls, SmtpMoment.Auth, SmtpMoment.Mail })
        {
            foreach (var reply in replies)
            {
                rows.Add(moment, reply);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task Any_reply_of_a_mail_server_ends_in_a_finding(SmtpMoment moment, string reply) =>
        await AssertRefusedAsync(SmtpScript.Exchange.Answer(moment, reply));

    public static TheoryData<SmtpMoment, SmtpBehaviour> Behaviours()
    {
        var rows = new TheoryData<SmtpMoment, SmtpBehaviour>();
        foreach (var moment in new[] { SmtpMoment.Greeting, SmtpMoment.Ehlo, SmtpMoment.StartTls, SmtpMoment.EhloTls, SmtpMoment.Auth, SmtpMoment.Mail })
        {
            rows.Add(moment, SmtpBehaviour.EndlessLine);
            rows.Add(moment, SmtpBehaviour.EndlessReply);
            rows.Add(moment, SmtpBehaviour.Garbage);
        }

        rows.Add(SmtpMoment.Greeting, SmtpBehaviour.Drip);
        rows.Add(SmtpMoment.Auth, SmtpBehaviour.Drip);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Behaviours))]
    public async Task A_mail_server_that_talks_nonsense_or_without_end_ends_in_a_finding(SmtpMoment moment, SmtpBehaviour behaviour) =>
        await AssertRefusedAsync(SmtpScript.Exchange.At(moment, behaviour));

    private async Task AssertRefusedAsync(SmtpScript script)
    {
        fixture.AnswerTokensAsUsual();
        Lab.Smtp.Script = script;

        var report = await CheckAsync(Lab.Input with { Route = "smtp" });

        Lab.Smtp.Script = SmtpScript.Exchange;
        Assert.False(report.Passed);
        AssertTold(report.Steps.First(step => step.State == StepState.Failed));
    }

    private async Task<CheckReport> CheckAsync(SettingsInput input)
    {
        // A server that never ends is given up by the check: when exactly is tested with a clock of its own in CheckRunnerTests.
        var report = await Lab.CheckAsync(input with { TimeoutSeconds = "5" }).WaitAsync(TestTimeouts.Step, Ct);
        Assert.False(report.Running);
        Assert.All(report.Steps, AssertReadable);
        return report;
    }

    private static void AssertTold(CheckStep step)
    {
        if (step.State is StepState.Failed or StepState.Warning)
        {
            Assert.NotEmpty(step.Findings);
            Assert.All(step.Findings, finding => Assert.NotNull(Causes.Of(finding)));
        }

        Assert.NotEmpty(step.Summary);
    }

    private static void AssertReadable(CheckStep step)
    {
        var words = string.Join('\n', step.Findings.SelectMany(f => new[] { f.Message, f.Remedy, f.TellApart ?? "" }).Append(step.Summary).Append(step.Evidence));
        Assert.True(words.Length < 10_000, $"{words.Length} characters are more than anybody reads.");
        Assert.DoesNotContain(words, c => (char.IsControl(c) && c != '\n') || c is '\u202e');
    }

    private static StubReply Reply(string answer) => HostileHttp.All.GetValueOrDefault(answer) ?? HostileHttp.Slow[answer];

    public sealed class Fixture : IAsyncLifetime
    {
        public Lab Lab { get; private set; } = null!;

        public void AnswerTokensAsUsual()
        {
            Lab.Cloud.Answer(CloudPlace.ExchangeToken, StubCloud.TokenReply(TestToken.Mint("https://outlook.office365.com", ["SMTP.SendAsApp"])));
            Lab.Cloud.Answer(CloudPlace.GraphToken, StubCloud.TokenReply(TestToken.Mint("https://graph.microsoft.com", [])));
            Lab.Cloud.Answer(CloudPlace.Tenant, new StubReply(200, $$"""{"issuer":"https://login.example/{{StubCloud.Tenant}}/v2.0"}"""));
        }

        public async ValueTask InitializeAsync() => Lab = await Lab.StartAsync();

        public ValueTask DisposeAsync() => Lab.DisposeAsync();
    }
}
