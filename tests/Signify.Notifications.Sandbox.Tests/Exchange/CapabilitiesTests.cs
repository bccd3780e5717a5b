namespace Signify.Notifications.Sandbox.Tests.Exchange;

public sealed class CapabilitiesTests(RunningSandbox sandbox)
{
    private const string Host = "SB1P287CA0064.outlook.office365.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_greeting_is_that_of_Exchange()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);

        var greeting = await smtp.ReadReplyAsync();

        Assert.Matches($@"^220 {Host} Microsoft ESMTP MAIL Service ready at \w{{3}}, \d\d \w{{3}} \d{{4}} \d\d:\d\d:\d\d \+0000 \[[0-9A-F]{{16}}\]$", greeting);
    }

    [Fact]
    public async Task Before_TLS_the_list_offers_STARTTLS_and_no_AUTH()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();

        var list = await smtp.SendAsync("EHLO client.example");

        Assert.Equal(
            $"250-{Host} Hello [127.0.0.1]\n250-SIZE 157286400\n250-PIPELINING\n250-DSN\n250-ENHANCEDSTATUSCODES\n250-STARTTLS\n"
            + "250-8BITMIME\n250-BINARYMIME\n250-CHUNKING\n250 SMTPUTF8",
            list);
    }

    [Fact]
    public async Task After_TLS_AUTH_takes_the_place_of_STARTTLS()
    {
        await using var smtp = await RawSmtp.ConnectOverTlsAsync(sandbox, Ct);

        var list = await smtp.SendAsync("EHLO client.example");

        Assert.Equal(
            $"250-{Host} Hello [127.0.0.1]\n250-SIZE 157286400\n250-PIPELINING\n250-DSN\n250-ENHANCEDSTATUSCODES\n250-AUTH LOGIN XOAUTH2\n"
            + "250-8BITMIME\n250-BINARYMIME\n250-CHUNKING\n250 SMTPUTF8",
            list);
    }

    [Theory]
    [InlineData("EHLO mac.local.", "501 5.5.4 Invalid domain name")]
    [InlineData("EHLO", "501 5.5.4 Invalid domain name")]
    [InlineData("NOOP", "250 2.0.0 OK")]
    [InlineData("RSET", "250 2.0.0 Resetting")]
    [InlineData("VRFY someone", "252 2.1.5 Cannot VRFY user")]
    [InlineData("EXPN list", "500 5.3.3 Unrecognized command")]
    [InlineData("QUIT", "221 2.0.0 Service closing transmission channel")]
    [InlineData("STARTTLS", "503 5.5.2 Send hello first")]
    [InlineData("RCPT TO:<a@contoso.com>", "503 5.5.2 Need mail command")]
    [InlineData("DATA", "503 5.5.2 Need mail command")]
    public async Task A_command_gets_the_reply_of_Exchange(string command, string reply)
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();

        Assert.Equal(reply, await smtp.SendAsync(command));
    }

    [Fact]
    public async Task What_is_slipped_in_behind_STARTTLS_in_clear_is_forgotten()
    {
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();
        await smtp.SendAsync("EHLO client.example");

        await smtp.WriteAsync("STARTTLS\r\nVRFY smuggled\r\n");
        Assert.Equal("220 2.0.0 SMTP server ready", await smtp.ReadReplyAsync());
        await smtp.StartTlsAsync(sandbox);

        Assert.Equal("250 2.0.0 OK", await smtp.SendAsync("NOOP"));
    }
}
