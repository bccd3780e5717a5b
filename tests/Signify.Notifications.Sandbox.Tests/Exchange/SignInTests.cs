using System.Text;
using MailKit.Security;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Exchange;

public sealed class SignInTests(RunningSandbox sandbox)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_signs_in_with_one_line()
    {
        await using var smtp = await RawSmtp.ConnectOverTlsAsync(sandbox, Ct);

        var reply = await smtp.SendAsync($"AUTH XOAUTH2 {await PayloadAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender)}");

        Assert.Equal("235 2.7.0 Authentication successful", reply);
    }

    [Fact]
    public async Task A_token_signs_in_with_two_lines()
    {
        await using var smtp = await RawSmtp.ConnectOverTlsAsync(sandbox, Ct);

        Assert.Equal("334 ", await smtp.SendAsync("AUTH XOAUTH2"));
        var reply = await smtp.SendAsync(await PayloadAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender));

        Assert.Equal("235 2.7.0 Authentication successful", reply);
    }

    [Fact]
    public async Task AUTH_before_TLS_is_refused()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();
        await smtp.SendAsync("EHLO localhost");

        Assert.StartsWith("504 5.7.4 Unrecognized authentication type", await smtp.SendAsync("AUTH XOAUTH2 abcd"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_refused_because_basic_authentication_is_off()
    {
        await using var smtp = await RawSmtp.ConnectOverTlsAsync(sandbox, Ct);

        Assert.Equal("334 VXNlcm5hbWU6", await smtp.SendAsync("AUTH LOGIN"));
        Assert.Equal("334 UGFzc3dvcmQ6", await smtp.SendAsync("dXNlcg=="));
        var reply = await smtp.SendAsync("cGFzcw==");

        Assert.StartsWith("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_for_Graph_does_not_sign_in()
    {
        var token = await sandbox.TokenAsync(ReadyMadeApps.Granted, RunningSandbox.GraphScope, Ct);

        Assert.Matches(@"^535: 5\.7\.3 Authentication unsuccessful \[SB1P287CA0064\.outlook\.office365\.com \S+Z [0-9A-F]{16}\]$",
            await RefusalAsync(ReadyMadeTenants.Sender, token));
    }

    [Fact]
    public async Task A_changed_token_does_not_sign_in()
    {
        var parts = (await sandbox.TokenAsync(ReadyMadeApps.Granted, RunningSandbox.ExchangeScope, Ct)).Split('.');
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("Signify notifications", "Changed in between", StringComparison.Ordinal);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));

        Assert.StartsWith("535: 5.7.3", await RefusalAsync(ReadyMadeTenants.Sender, string.Join('.', parts)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody@contoso.com")]
    [InlineData("hr@contoso.com")]
    [InlineData(ReadyMadeTenants.FabrikamSender)]
    public async Task A_mailbox_without_permission_is_refused_with_the_one_answer_for_all(string mailbox)
    {
        var token = await sandbox.TokenAsync(ReadyMadeApps.Granted, RunningSandbox.ExchangeScope, Ct);

        Assert.StartsWith("535: 5.7.3", await RefusalAsync(mailbox, token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Exchange_role_signs_in_without_any_claim()
    {
        using var client = await sandbox.SignInAsync(ReadyMadeApps.ExchangeRole, ReadyMadeTenants.Sender, Ct);

        Assert.True(client.IsAuthenticated);
    }

    [Fact]
    public async Task An_object_id_of_another_object_is_refused()
    {
        var app = ReadyMadeApps.Granted with { ClientId = Guid.NewGuid(), ExchangeServicePrincipal = Guid.NewGuid() };
        var tenant = new SandboxTenant
        {
            Id = Guid.NewGuid(),
            Name = "Wrong object id",
            Domains = ["wrong.onmicrosoft.com"],
            Apps = [app],
            Mailboxes = [new() { Address = ReadyMadeTenants.Sender }],
        };
        sandbox.Host.Directory.Put(tenant);
        var token = await sandbox.TokenAsync(app, RunningSandbox.ExchangeScope, Ct, tenant.Id);

        Assert.StartsWith("535: 5.7.3", await RefusalAsync(ReadyMadeTenants.Sender, token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MAIL_without_sign_in_is_refused()
    {
        await using var smtp = await RawSmtp.ConnectOverTlsAsync(sandbox, Ct);

        var reply = await smtp.SendAsync("MAIL FROM:<notifications@contoso.com>");

        Assert.StartsWith("530 5.7.57 Client not authenticated to send mail", reply, StringComparison.Ordinal);
    }

    private async Task<string> RefusalAsync(string mailbox, string token)
    {
        using var client = await sandbox.ConnectAsync(Ct);
        return (await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(new SaslMechanismOAuth2(mailbox, token), Ct))).Message;
    }

    private async Task<string> PayloadAsync(SandboxApp app, string mailbox)
    {
        var token = await sandbox.TokenAsync(app, RunningSandbox.ExchangeScope, Ct);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"user={mailbox}\u0001auth=Bearer {token}\u0001\u0001"));
    }
}
