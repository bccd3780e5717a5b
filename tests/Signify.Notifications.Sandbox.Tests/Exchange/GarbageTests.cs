using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Exchange;

public sealed class GarbageTests(RunningSandbox sandbox)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_bytes_leave_the_server_serving()
    {
        var random = new Random(42);
        for (var i = 0; i < 50; i++)
        {
            await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
            var bytes = new byte[random.Next(1, 4096)];
            random.NextBytes(bytes);
            await smtp.WriteAsync(bytes);
        }

        await AssertServesAsync();
    }

    [Fact]
    public async Task A_line_without_end_is_cut_off()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();

        await smtp.WriteAsync(new string('x', 33 * 1024));

        Assert.Equal("500 5.5.2 Line too long", await smtp.ReadReplyAsync());
        await AssertServesAsync();
    }

    [Fact]
    public async Task Half_a_STARTTLS_ends_its_own_connection_only()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();
        await smtp.SendAsync("EHLO localhost");
        await smtp.SendAsync("STARTTLS");

        await smtp.WriteAsync("this is not a ClientHello\r\n");

        await AssertServesAsync();
    }

    [Fact]
    public async Task A_bare_line_feed_in_a_command_is_refused()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();

        await smtp.WriteAsync("NOOP\n");

        Assert.Equal("500 5.5.2 Syntax error, line ends in a bare linefeed", await smtp.ReadReplyAsync());
    }

    [Fact]
    public async Task Endless_nonsense_is_hung_up_on()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();

        await smtp.WriteAsync(string.Concat(Enumerable.Repeat("NONSENSE\r\n", 20)));
        var replies = new List<string>();
        while (await smtp.ReadReplyAsync() is { Length: > 0 } reply)
        {
            replies.Add(reply);
        }

        Assert.Equal("421 4.7.0 Too many errors on this connection, closing transmission channel", replies[^1]);
    }

    [Theory]
    [InlineData("AUTH XOAUTH2 %%%")]
    [InlineData("AUTH XOAUTH2 dXNlcj1h")]
    [InlineData("AUTH XOAUTH2 dXNlcj1hQGIBYXV0aD1CZWFyZXIgYS5iLmMBAQ==")]
    [InlineData("AUTH XOAUTH2 dXNlcj1hQGIBYXV0aD1CZWFyZXIgLi4BAQ==")]
    public async Task A_payload_that_is_none_is_refused(string command)
    {
        await using var smtp = await RawSmtp.ConnectOverTlsAsync(sandbox, Ct);

        Assert.StartsWith("535 5.7.3 Authentication unsuccessful", await smtp.SendAsync(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hanging_up_in_the_middle_of_data_keeps_nothing()
    {
        var subject = $"{Guid.NewGuid()}";
        await using (var smtp = await RawSmtp.SignInAsync(sandbox, Ct))
        {
            await smtp.SendAsync("MAIL FROM:<notifications@contoso.com>");
            await smtp.SendAsync("RCPT TO:<anna@example.com>");
            await smtp.SendAsync("DATA");
            await smtp.WriteAsync($"From: notifications@contoso.com\r\nSubject: {subject}\r\n\r\nhalf");
        }

        await AssertServesAsync();
        Assert.DoesNotContain(sandbox.Host.Mail.Newest(1000), m => m.Subject == subject);
    }

    private async Task AssertServesAsync()
    {
        using var client = await sandbox.SignInAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender, Ct);
        var message = Messages.New($"{Guid.NewGuid()}");
        await client.SendAsync(message, Ct);
        await sandbox.Host.Mail.WaitForAsync(m => m.Subject == message.Subject, Ct);
    }
}
