namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>Relays inside a company's network, which ask for no credentials.</summary>
[Collection(nameof(Lab))]
public sealed class AnonymousRelayTests(Lab lab)
{
    private const string Recipient = "bert@fabrikam.example";

    [Fact]
    public async Task A_relay_without_TLS_is_used_with_a_warning()
    {
        var saved = await lab.Program.SaveAsync(LabSettings.Anonymous(lab.Sink.Port));
        var sent = await lab.Program.SendTestMessageAsync(Recipient);

        saved.AssertActiveOverSmtp();
        Assert.Equal(new SavedFinding("not-encrypted", "serverName", "warning", "encryption"), Assert.Single(saved.Findings));
        Assert.True(sent.GetProperty("delivered").GetBoolean(), sent.ToString());
        var message = Assert.Single(lab.Sink.Messages, m => m.Contains(sent.GetProperty("messageId").GetString()!, StringComparison.Ordinal));
        Assert.Contains($"\nFrom: Contoso HR <{LabSettings.Mailbox}>\n", message, StringComparison.Ordinal);
        Assert.Contains($"X-Rcpt-Args: <{Recipient}>", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Postfix_with_a_certificate_of_nobody_is_used_encrypted_and_with_a_warning()
    {
        var port = await lab.StartPostfixAsync();

        var saved = await lab.Program.SaveAsync(LabSettings.Anonymous(port));
        var sent = await lab.Program.SendTestMessageAsync(Recipient);

        saved.AssertActiveOverSmtp();
        Assert.Equal(new SavedFinding("tls-untrusted", "serverName", "warning", "encryption"), Assert.Single(saved.Findings));
        Assert.True(sent.GetProperty("delivered").GetBoolean(), sent.ToString());
        Assert.Contains("queued as", sent.GetProperty("receipt").GetString(), StringComparison.Ordinal);
    }
}
