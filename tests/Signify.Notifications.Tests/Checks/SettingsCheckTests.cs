using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

/// <summary>Save and its check, from the fields to the verdict, against servers at the socket.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SettingsCheckTests
{
    private const string Refused = "535 5.7.3 Authentication unsuccessful [TEST]";

    private static SmtpScript RefusingSmtp => SmtpScript.Exchange.Answer(SmtpMoment.Auth, Refused);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_granted_passes_over_smtp_and_sends_nothing()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync();

        Assert.Equal((true, Route.Smtp), (report.Passed, report.Route));
        Assert.All(report.Steps, step => Assert.Equal(StepState.Passed, step.State));
        // The verdict does not wait for the farewell; this test does.
        await lab.Smtp.Reached(SmtpMoment.Quit).WaitAsync(Ct);
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RSET", "QUIT"], lab.Smtp.Verbs);
        Assert.Empty(lab.Smtp.Messages);
        Assert.Equal(0, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task The_token_and_the_connection_run_side_by_side()
    {
        await using var lab = await Lab.StartAsync();
        lab.Smtp.Script = SmtpScript.Exchange.Hold(SmtpMoment.Greeting, lab.Cloud.Reached(CloudPlace.ExchangeToken));
        lab.Cloud.Answer(CloudPlace.ExchangeToken, StubCloud.TokenReply(TestToken.Mint("aud", ["SMTP.SendAsApp"])) with { Until = lab.Smtp.Reached(SmtpMoment.EhloTls) });

        var report = await lab.CheckAsync();

        Assert.True(report.Passed);
    }

    [Fact]
    public async Task An_app_with_graph_rights_only_passes_over_graph_and_smtp_is_a_warning()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);
        lab.Cloud.ExchangeRoles = [];

        var report = await lab.CheckAsync();

        Assert.Equal((true, Route.Graph), (report.Passed, report.Route));
        Assert.Empty(report.Errors());
        Assert.Equal("graph-only", report.Warnings()[0]);
        Assert.Equal(StepState.Warning, report.Step(StepName.SignIn).State);
    }

    [Fact]
    public async Task The_set_up_guide_followed_to_the_letter_ends_active_over_graph_and_the_page_says_why()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);
        lab.Cloud.ExchangeRoles = [];

        var report = await lab.CheckAsync();

        var active = (await lab.OverviewAsync()).Active!;
        Assert.Equal((1, Route.Graph), (active.Number, active.ActiveRoute!.Value));
        Assert.Equal(["graph-only"], report.Step(StepName.SignIn).Findings.Causes());
        Assert.Contains("Nothing has to be done", report.Step(StepName.SignIn).Findings[0].Remedy, StringComparison.Ordinal);
        Assert.Equal(
            "Mail leaves over Microsoft Graph: the app has Graph's permission to send and none for SMTP, as the set-up guide has it. Nothing else has to be done.",
            report.RouteReason);
        Assert.Equal(["graph-tenant-wide"], report.Advice());
        Assert.Equal([RepairScript.GraphOneMailbox], report.Step(StepName.Sender).Findings[0].Repair);
    }

    [Fact]
    public async Task A_right_that_was_given_inside_exchange_alone_is_limited_already_and_draws_no_advice()
    {
        await using var lab = await Lab.StartAsync();

        Assert.Empty((await lab.CheckAsync()).Advice());
    }

    [Fact]
    public async Task The_domain_of_from_email_is_asked_about_when_the_sign_in_is_refused_and_never_else()
    {
        const string other = "77777777-7777-4777-8777-777777777777";
        await using var lab = await Lab.StartAsync();
        var asked = 0;
        lab.Cloud.Answer(CloudPlace.Tenant, request => Interlocked.Increment(ref asked) > 0 && request.Path.Contains("contoso.com", StringComparison.Ordinal)
            ? new StubReply(200, $$"""{"issuer":"https://login.example/{{other}}/v2.0"}""")
            : new StubReply(200, $$"""{"issuer":"https://login.example/{{StubCloud.Tenant}}/v2.0"}"""));

        var passed = await lab.CheckAsync();
        var atFirst = asked;
        lab.Smtp.Script = RefusingSmtp;
        var refused = await lab.CheckAsync(lab.Input with { Route = "smtp" });

        Assert.True(passed.Passed);
        Assert.Equal((1, 3), (atFirst, asked));
        Assert.Equal(["service-principal-missing", "from-domain-elsewhere", "mailbox-not-primary"], refused.Step(StepName.SignIn).Findings.Causes());
        Assert.Contains(other, refused.Step(StepName.SignIn).Findings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_beside_the_steps_that_nobody_answers_changes_nothing()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);
        lab.Cloud.Answer(CloudPlace.Tenant, request => request.Path.Contains("contoso.com", StringComparison.Ordinal)
            ? StubReply.Never
            : new StubReply(200, $$"""{"issuer":"https://login.example/{{StubCloud.Tenant}}/v2.0"}"""));

        var report = await lab.CheckAsync(lab.Input with { Route = "smtp", TimeoutSeconds = "5" });

        Assert.Equal(["service-principal-missing", "mailbox-not-primary"], report.Step(StepName.SignIn).Findings.Causes());
    }

    [Fact]
    public async Task A_second_failure_soon_after_the_first_says_that_waiting_may_be_enough()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);

        var first = await lab.CheckAsync(lab.Input with { Route = "smtp" });
        var second = await lab.CheckAsync(lab.Input with { Route = "smtp" });

        Assert.Contains("wait: such a change takes up to two hours", first.Step(StepName.SignIn).Findings[0].Remedy, StringComparison.Ordinal);
        Assert.Contains("failed the same way 1 min ago", second.Step(StepName.SignIn).Findings[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_with_graph_rights_only_fails_when_smtp_is_asked_for()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);
        lab.Cloud.ExchangeRoles = [];

        var report = await lab.CheckAsync(lab.Input with { Route = "smtp" });

        Assert.Equal((false, null), (report.Passed, report.Route));
        Assert.Equal("graph-only", report.Errors()[0]);
        Assert.Equal("graph-only/route", report.Step(StepName.SignIn).Findings.Marks()[0]);
    }

    [Fact]
    public async Task An_app_without_any_right_is_told_so()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);
        (lab.Cloud.ExchangeRoles, lab.Cloud.GraphRoles) = ([], []);

        var report = await lab.CheckAsync();

        Assert.False(report.Passed);
        Assert.Equal("no-permission", report.Errors()[0]);
    }

    [Fact]
    public async Task The_mail_permission_of_the_wrong_resource_is_told_apart()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);
        (lab.Cloud.ExchangeRoles, lab.Cloud.GraphRoles) = (["Mail.Send"], []);

        var report = await lab.CheckAsync();

        Assert.Equal("exchange-permission-wrong", report.Errors()[0]);
    }

    [Fact]
    public async Task A_missing_service_principal_comes_with_the_commands_for_this_app()
    {
        await using var lab = await Lab.StartAsync(RefusingSmtp);
        lab.Cloud.GraphRoles = [];

        var finding = (await lab.CheckAsync()).Step(StepName.SignIn).Findings[0];

        Assert.Equal(FindingCode.ServicePrincipalMissing, finding.Code);
        Assert.Contains($"$clientId = '{StubCloud.Client}'", finding.Commands, StringComparison.Ordinal);
        Assert.Contains($"$objectId = '{StubCloud.ObjectId}'", finding.Commands, StringComparison.Ordinal);
        Assert.Contains($"$mailbox = '{Lab.From}'", finding.Commands, StringComparison.Ordinal);
        Assert.Contains("New-ServicePrincipal -AppId $clientId -ObjectId $objectId", finding.Commands, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_given_inside_exchange_passes_although_no_token_shows_it()
    {
        await using var lab = await Lab.StartAsync();
        (lab.Cloud.ExchangeRoles, lab.Cloud.GraphRoles) = ([], []);

        var report = await lab.CheckAsync();

        Assert.Equal((true, Route.Smtp), (report.Passed, report.Route));
        Assert.Contains("inside Exchange", report.Step(StepName.SignIn).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_graph_without_its_permission_is_refused()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.GraphRoles = [];

        var report = await lab.CheckAsync(lab.Input with { Route = "graph" });

        Assert.False(report.Passed);
        Assert.Equal(["graph-permission-missing"], report.Errors());
    }

    [Fact]
    public async Task Route_graph_passes_with_smtp_switched_off_and_says_so_in_a_warning()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(
            SmtpMoment.Auth, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."));

        var report = await lab.CheckAsync(lab.Input with { Route = "graph" });

        Assert.Equal((true, Route.Graph), (report.Passed, report.Route));
        Assert.Equal(["smtp-auth-disabled-tenant"], report.Warnings());
        Assert.Contains("Set-CASMailbox", report.Step(StepName.SignIn).Findings[0].Commands, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_port_passes_over_graph_with_warnings()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(lab.Input with { Port = LoopbackListener.RefusedPort().ToString(System.Globalization.CultureInfo.InvariantCulture) });

        Assert.Equal((true, Route.Graph), (report.Passed, report.Route));
        Assert.Equal(["connection-refused"], report.Warnings());
        Assert.Equal(StepState.Skipped, report.Step(StepName.SignIn).State);
    }

    [Fact]
    public async Task Graph_out_of_order_does_not_hinder_smtp()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.GraphToken, StubReply.Aadsts(500011, "invalid_resource"));

        var report = await lab.CheckAsync();

        Assert.Equal((true, Route.Smtp), (report.Passed, report.Route));
        Assert.Equal(StepState.Warning, report.Step(StepName.TokenForGraph).State);
    }

    [Theory]
    [InlineData(7000215, "secret-wrong")]
    [InlineData(7000222, "secret-expired")]
    [InlineData(700016, "client-unknown")]
    [InlineData(7000112, "app-disabled")]
    public async Task What_entra_refuses_stands_first_and_is_said_once(int number, string code)
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.AnswerTokens(StubReply.Aadsts(number));

        var report = await lab.CheckAsync();

        Assert.False(report.Passed);
        Assert.Equal(code, report.Errors()[0]);
        Assert.Single(report.Errors(), code);
        Assert.Equal(StepState.Skipped, report.Step(StepName.SignIn).State);
        Assert.Equal(StepState.Passed, report.Step(StepName.Encryption).State);
    }

    [Fact]
    public async Task A_secret_that_the_server_does_not_know_is_wrong()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(lab.Input with { ClientSecret = "not-the-secret-of-this-app" });

        Assert.Equal(["secret-wrong"], report.Errors());
    }

    [Fact]
    public async Task Swapped_ids_are_found_out_by_asking()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(lab.Input with { ClientId = StubCloud.Tenant, TenantId = StubCloud.Client });

        Assert.Equal("ids-swapped", report.Errors()[0]);
    }

    [Fact]
    public async Task An_unknown_tenant_is_told_once()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(lab.Input with { TenantId = "unknown.example" });

        Assert.Equal(["tenant-unknown", "tenant-other-cloud"], report.Errors());
    }

    [Fact]
    public async Task A_tenant_that_cannot_be_asked_about_does_not_hinder_a_token_that_comes()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.Tenant, new StubReply(403, "<html>no</html>"));

        Assert.True((await lab.CheckAsync()).Passed);
    }

    [Fact]
    public async Task A_sign_in_page_in_the_place_of_entra_is_told_and_the_check_ends()
    {
        await using var lab = await Lab.StartAsync();
        var page = new StubReply(200, "<html>Welcome</html>") { ContentType = "text/html" };
        lab.Cloud.AnswerTokens(page);
        lab.Cloud.Answer(CloudPlace.Tenant, page);

        var report = await lab.CheckAsync();

        Assert.Equal(["entra-interfered"], report.Errors());
    }

    [Theory]
    [InlineData("AUTH LOGIN", "AUTH LOGIN")]
    [InlineData("ETRN", "no AUTH in the server's capabilities")]
    public async Task A_server_that_offers_no_sign_in_with_a_token_gets_none(string offered, string evidence)
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.EhloTls, SmtpScript.Hello(offered)));

        var report = await lab.CheckAsync(lab.Input with { Route = "smtp" });

        Assert.Equal(["xoauth2-not-offered/cloud"], report.Step(StepName.SignInOffered).Findings.Marks());
        Assert.Equal(evidence, report.Step(StepName.SignInOffered).Evidence);
        Assert.Empty(lab.Smtp.Logins);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_a_warning_at_the_token()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.ExchangeToken, StubCloud.TokenReply(TestToken.Mint("aud", ["SMTP.SendAsApp"])).With("Date", "Mon, 23 Nov 2020 08:10:00 GMT"));

        var report = await lab.CheckAsync();

        Assert.Equal((true, StepState.Warning), (report.Passed, report.Step(StepName.TokenForExchange).State));
        Assert.Contains("clock-skew", report.Warnings());
    }

    [Fact]
    public async Task A_sender_that_is_refused_fails_the_road_over_smtp()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Mail, "550 5.7.60 SMTP; Client does not have permissions to send as this sender"));

        var report = await lab.CheckAsync(lab.Input with { Route = "smtp" });

        Assert.Equal(["send-as-denied"], report.Errors());
        Assert.Contains("5.7.60", report.Step(StepName.Sender).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_check_asks_again_and_sees_what_was_mended()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.AnswerTokens(StubReply.Aadsts(7000215, "invalid_client", 401).With("Retry-After", "3600"));
        var first = await lab.CheckAsync();
        lab.Cloud.AnswerTokens(StubCloud.TokenReply(TestToken.Mint("aud", ["SMTP.SendAsApp", "Mail.Send"])));

        var draft = (await lab.OverviewAsync()).Draft!;
        var second = await lab.Library.Runner.Start(draft, "anna").Completion.WaitAsync(Ct);

        Assert.Equal((false, true), (first.Passed, second.Passed));
        Assert.Equal(draft.Number, (await lab.OverviewAsync()).Active!.Number);
    }

    [Fact]
    public async Task An_anonymous_relay_without_encryption_passes_with_a_warning()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.PlainRelay);

        var report = await lab.CheckAsync(lab.Input with { CredentialsRequired = false, ServerName = "127.0.0.1" });

        Assert.Equal((true, Route.Smtp), (report.Passed, report.Route));
        Assert.Equal(["not-encrypted"], report.Warnings());
        Assert.Empty(lab.Smtp.Logins);
        Assert.Empty(lab.Cloud.Requests);
    }

    [Fact]
    public async Task An_anonymous_relay_with_a_doubtful_certificate_passes_encrypted_with_a_warning()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(lab.Input with { CredentialsRequired = false, ServerName = "127.0.0.1" });

        Assert.True(report.Passed);
        Assert.Equal(["tls-untrusted"], report.Warnings());
        Assert.True(lab.Smtp.Lines[^1].Encrypted);
    }

    [Fact]
    public async Task A_password_is_not_sent_to_a_server_without_encryption_or_trust()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.PlainRelay.Answer(SmtpMoment.Ehlo, SmtpScript.Hello("AUTH LOGIN PLAIN")));
        var input = lab.Input with { TokenBasedAuthentication = false, ServerName = "127.0.0.1", UserName = "hr", Password = "correct horse" };

        var clear = await lab.CheckAsync(input);
        lab.Smtp.Script = SmtpScript.Exchange;
        var untrusted = await lab.CheckAsync(input);

        Assert.Equal(["starttls-missing"], clear.Errors());
        Assert.Equal(["tls-untrusted"], untrusted.Errors());
        Assert.DoesNotContain("AUTH", lab.Smtp.Verbs);
    }

    [Fact]
    public async Task The_shared_relay_is_checked_where_it_is_set_up()
    {
        await using var smtp = new ScriptedSmtpServer(SmtpScript.PlainRelay);
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?>
        {
            ["SharedRelay:Host"] = "127.0.0.1",
            ["SharedRelay:Port"] = smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["SharedRelay:From"] = "noreply@operator.example",
        });

        var report = await lab.CheckAsync(new SettingsInput { UseOwnSmtpDetails = false });

        Assert.True(report.Passed);
        Assert.Contains(smtp.Lines, l => l.Text == "MAIL FROM:<noreply@operator.example>");
    }
}
