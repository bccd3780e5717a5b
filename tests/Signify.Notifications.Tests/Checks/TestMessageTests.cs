using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Audit;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class TestMessageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_smtp_a_real_message_arrives_and_its_receipt_is_shown()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();

        var result = await SendAsync(lab);

        Assert.True(result.Delivered);
        Assert.Contains("<receipt-1@test>", result.Receipt, StringComparison.Ordinal);
        var message = Assert.Single(lab.Smtp.Messages);
        Assert.Contains("To: anna@contoso.com", message, StringComparison.Ordinal);
        Assert.Contains($"Message-Id: <{result.MessageId}>", message, StringComparison.Ordinal);
        Assert.Contains($"From: HR <{Lab.From}>", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_graph_the_message_goes_to_the_mailbox_and_graphs_receipt_is_shown()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync(lab.Input with { Route = "graph" });

        var result = await SendAsync(lab);

        Assert.Contains("receipt-of-graph", result.Receipt, StringComparison.Ordinal);
        Assert.Empty(lab.Smtp.Messages);
        var request = Assert.Single(lab.Cloud.Requests, r => r.Place == CloudPlace.SendMail);
        Assert.Equal($"/v1.0/users/{Uri.EscapeDataString(Lab.From)}/sendMail", request.Path);
        Assert.StartsWith("text/plain", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("To: anna@contoso.com", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(request.Body)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("anna@contoso.com, berta@contoso.com")]
    [InlineData("anna@contoso.com> RCPT TO:<x@y>")]
    public async Task What_is_not_one_address_is_refused_and_nothing_is_sent(string to)
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();

        var result = await SendAsync(lab, to);

        Assert.False(result.Delivered);
        Assert.Equal(["recipient-rejected/to"], result.Findings.Marks());
        Assert.Empty(lab.Smtp.Messages);
    }

    [Fact]
    public async Task A_refusal_of_the_mail_server_is_a_finding_with_its_words()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Content, "554 5.2.2 mailbox full; STOREDRV"));
        await lab.CheckAsync();

        var result = await SendAsync(lab);

        Assert.Equal(["mailbox-full/fromEmail"], result.Findings.Marks());
        Assert.Contains("STOREDRV", result.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_breaks_after_the_content_is_not_called_a_refusal()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.At(SmtpMoment.Content, SmtpBehaviour.Drop));
        await lab.CheckAsync();

        Assert.Equal(["link-lost/"], (await SendAsync(lab)).Findings.Marks());
    }

    [Fact]
    public async Task A_message_that_graph_takes_proves_a_right_that_no_token_shows()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Auth, "535 5.7.3 Authentication unsuccessful"));
        (lab.Cloud.ExchangeRoles, lab.Cloud.GraphRoles) = ([], []);
        var before = await lab.CheckAsync();

        var result = await SendAsync(lab);
        var draft = (await lab.OverviewAsync()).Draft!;
        var after = await lab.Library.Runner.Start(draft, "anna").Completion.WaitAsync(Ct);

        Assert.Equal((false, true, true, (Route?)Route.Graph), (before.Passed, result.Delivered, after.Passed, after.Route));
    }

    [Fact]
    public async Task A_message_that_graph_refuses_proves_nothing()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.GraphRoles = [];
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(403, "ErrorAccessDenied"));
        await lab.CheckAsync(lab.Input with { Route = "graph" });

        await SendAsync(lab);

        Assert.Null((await lab.OverviewAsync()).Draft!.GraphProvedAt);
    }

    [Fact]
    public async Task A_silent_graph_is_given_up_in_time_and_the_doubt_is_said()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await Lab.StartAsync(time: time);
        await lab.CheckAsync(lab.Input with { Route = "graph" });
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.Never);

        var sending = SendAsync(lab);
        await lab.Cloud.Reached(CloudPlace.SendMail).WaitAsync(Ct);
        time.Advance(TimeSpan.FromSeconds(40));
        var result = await sending.WaitAsync(Ct);

        Assert.Equal(["link-lost/"], result.Findings.Marks());
        Assert.Contains("may have gone", result.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_falls_silent_before_the_message_is_given_up_after_the_timeout_and_nothing_is_in_doubt()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Greeting, "421 4.3.2 Service not available"), time);
        await lab.CheckAsync(lab.Input with { Route = "smtp" });
        lab.Smtp.Script = SmtpScript.Exchange.At(SmtpMoment.EhloTls, SmtpBehaviour.Stall);

        var reached = lab.Smtp.Reached(SmtpMoment.EhloTls);
        var sending = SendAsync(lab);
        await reached.WaitAsync(Ct);
        time.Advance(TimeSpan.FromSeconds(20));
        var result = await sending.WaitAsync(Ct);

        Assert.Equal(["connection-timed-out/port"], result.Findings.Marks());
        Assert.Contains("Nothing was sent", result.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_wants_a_sign_in_after_all_is_a_finding()
    {
        await using var lab = await Lab.StartAsync(
            SmtpScript.PlainRelay.Answer(SmtpMoment.Mail, "530 5.7.57 Client not authenticated to send mail"));
        await lab.CheckAsync(lab.Input with { CredentialsRequired = false, ServerName = "127.0.0.1" });

        var result = await SendAsync(lab);

        Assert.Equal(["sign-in-refused/credentialsRequired"], result.Findings.Marks());
        Assert.Contains("5.7.57", result.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_the_configuration_no_longer_bears_are_refused_and_nothing_is_thrown()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();
        await using (var db = lab.Library.NewContext())
        {
            await db.Set<SettingsRevision>().ExecuteUpdateAsync(set => set.SetProperty(r => r.Cloud, "Gone"), Ct);
        }

        Assert.Equal("cloud-unknown/cloud", (await SendAsync(lab)).Findings.Marks()[0]);
    }

    [Fact]
    public async Task Each_test_message_leaves_an_entry_in_the_audit_log()
    {
        await using var lab = await Lab.StartAsync();
        await lab.CheckAsync();
        await SendAsync(lab);

        var entry = (await lab.Library.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 1, Ct))[0];

        Assert.Equal((AuditAction.TestMessageSent, "to anna@contoso.com: accepted"), (entry.Action, entry.Details));
    }

    private static async Task<TestMessageResult> SendAsync(Lab lab, string to = "anna@contoso.com") =>
        await lab.Library.Get<TestMessage>().SendAsync((await lab.OverviewAsync()).Newest!, to, "anna", Ct);
}
