using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>Addresses beyond ASCII: the domain has a form that every server takes, the part before the @ has none.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SmtpAddressTests
{
    private const string OldServer = "250-TEST Hello\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 AUTH XOAUTH2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("anna@bücher.example", true)]
    [InlineData("anna@bücher.example", false)]
    [InlineData("anna@xn--bcher-kva.example", true)]
    [InlineData("anna@xn--bcher-kva.example", false)]
    public async Task A_domain_beyond_ascii_goes_to_any_server_in_its_ascii_form(string address, bool utf8)
    {
        await using var lab = await Lab.StartAsync(utf8 ? SmtpScript.Exchange : SmtpScript.Exchange.Answer(SmtpMoment.EhloTls, OldServer));
        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To(address), Ct)).InShort());
        Assert.Contains(lab.Smtp.Lines, l => l.Text == "RCPT TO:<anna@xn--bcher-kva.example>");
        Assert.DoesNotContain(lab.Smtp.Lines, l => l.Text.Contains("SMTPUTF8", StringComparison.Ordinal) && l.Text.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Letters_beyond_ascii_before_the_at_need_a_server_that_takes_them()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();
        lab.Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.EhloTls, OldServer);
        await using var old = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("用户@contoso.com"), Ct)).InShort());
        Assert.Equal("rejected recipient-rejected", (await old.SendAsync(Mails.To("用户@contoso.com"), Ct)).InShort());
        Assert.Contains(lab.Smtp.Lines, l => l.Text.StartsWith("MAIL", StringComparison.Ordinal) && l.Text.Contains("SMTPUTF8", StringComparison.Ordinal));
        Assert.True(old.Usable);
    }

    [Theory]
    [InlineData("no address at all")]
    [InlineData("anna@contoso.com>\r\nRCPT TO:<eve@evil.example")]
    [InlineData("anna@contoso.com\r\nDATA")]
    [InlineData("")]
    public async Task What_is_no_address_never_reaches_the_server(string address)
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();

        Assert.Equal("rejected recipient-rejected", (await session.SendAsync(Mails.To("bea@contoso.com", address), Ct)).InShort());
        Assert.DoesNotContain("MAIL", lab.Smtp.Verbs);
        Assert.Equal("rejected recipient-rejected", (await session.SendAsync(Mails.To(), Ct)).InShort());
    }
}
