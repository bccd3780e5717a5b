namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>Tokens of a foreign token service, at a foreign submission server on any port.</summary>
[Collection(nameof(Lab))]
public sealed class TokenSubmissionTests(Lab lab)
{
    private const string Recipient = "anna@fabrikam.example";

    [Fact]
    public async Task A_token_of_any_service_signs_in_at_any_submission_server()
    {
        var saved = await lab.Program.SaveAsync(LabSettings.WithToken(lab.SubmissionPort));

        saved.AssertActiveOverSmtp();
        Assert.Empty(saved.Findings);
        Assert.All(saved.Steps, step => Assert.Equal("passed", step.Value));
    }

    [Fact]
    public async Task A_test_message_arrives_with_its_sender_its_recipient_and_its_message_id()
    {
        (await lab.Program.SaveAsync(LabSettings.WithToken(lab.SubmissionPort))).AssertActiveOverSmtp();

        var sent = await lab.Program.SendTestMessageAsync(Recipient);

        Assert.True(sent.GetProperty("delivered").GetBoolean(), sent.ToString());
        var id = sent.GetProperty("messageId").GetString()!;
        var message = Assert.Single(lab.Sink.Messages, m => m.Contains(id, StringComparison.Ordinal));
        Assert.Contains($"X-Mail-Args: <{LabSettings.Mailbox}>", message, StringComparison.Ordinal);
        Assert.Contains($"X-Rcpt-Args: <{Recipient}>", message, StringComparison.Ordinal);
        Assert.Contains($"\nFrom: {LabSettings.Mailbox}\n", message, StringComparison.Ordinal);
        Assert.Contains($"\nTo: {Recipient}\n", message, StringComparison.Ordinal);
        Assert.Contains($"\nMessage-Id: <{id}>\n", message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(LabSettings.TenantOfAnotherMailbox)]
    [InlineData(LabSettings.TenantOfAnotherKey)]
    public async Task A_token_that_the_server_does_not_believe_is_a_refused_sign_in_and_no_riddle_of_Exchange(string tenant)
    {
        var saved = await lab.Program.SaveAsync(LabSettings.WithToken(lab.SubmissionPort, tenant));

        Assert.Equal("draft", saved.State);
        Assert.Equal(new SavedFinding("sign-in-refused", "fromEmail", "error", "sign-in"), Assert.Single(saved.Findings));
        Assert.StartsWith("535 5.7.8", saved.Evidence("sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_token_service_stands_first()
    {
        var saved = await lab.Program.SaveAsync(LabSettings.WithToken(lab.SubmissionPort, LabSettings.TenantWithWrongSecret));

        Assert.Equal("draft", saved.State);
        Assert.Equal(new SavedFinding("secret-wrong", "clientSecret", "error", "token-for-exchange"), saved.Findings[0]);
        Assert.Equal("passed", saved.Steps["tenant"]);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_token()
    {
        var port = await lab.StartSubmissionAsync(server => server with { StartTls = false });

        var saved = await lab.Program.SaveAsync(LabSettings.WithToken(port));

        Assert.Equal("draft", saved.State);
        Assert.Equal(("starttls-missing", "encryption"), (saved.Findings[0].Code, saved.Findings[0].Step));
        Assert.Equal("skipped", saved.Steps["sign-in"]);
    }

    [Fact]
    public async Task A_server_without_XOAUTH2_gets_no_token()
    {
        var port = await lab.StartSubmissionAsync(server => server with { Mechanisms = "plain login" });

        var saved = await lab.Program.SaveAsync(LabSettings.WithToken(port));

        Assert.Equal("draft", saved.State);
        Assert.Equal(("xoauth2-not-offered", "sign-in-offered"), (saved.Findings[0].Code, saved.Findings[0].Step));
        Assert.Equal("AUTH LOGIN PLAIN", saved.Evidence("sign-in-offered"));
    }

    [Fact]
    public async Task Without_its_root_the_lab_is_a_stranger_to_token_service_and_mail_alike()
    {
        var saved = await lab.Program.SaveAsync(LabSettings.WithToken(lab.SubmissionPort, cloud: "Stranger"));

        Assert.Equal("draft", saved.State);
        Assert.Contains(saved.Findings, f => f is { Code: "tls-untrusted", Step: "token-for-exchange" or "tenant" });
        Assert.Contains(saved.Findings, f => f is { Code: "tls-untrusted", Step: "encryption" });
    }

    [Fact]
    public async Task Nothing_that_the_program_prints_holds_the_secret_or_a_token()
    {
        await lab.Program.SaveAsync(LabSettings.WithToken(lab.SubmissionPort));

        Assert.Contains("Now listening", lab.Program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(LabSettings.ClientSecret, lab.Program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", lab.Program.Output, StringComparison.Ordinal);
    }
}
