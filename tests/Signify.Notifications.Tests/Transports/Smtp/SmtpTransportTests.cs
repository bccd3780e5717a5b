using System.Text;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Transports.Smtp;

public sealed class SmtpTransportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_byte_for_byte()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();
        var mail = Mails.To("anna@contoso.com");

        var outcome = await session.SendAsync(mail, Ct);

        Assert.Contains("receipt-1", Assert.IsType<SendOutcome.Accepted>(outcome).Receipt, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(mail.Content.Span).ReplaceLineEndings("\n"), Assert.Single(lab.Smtp.Messages));
        Assert.True(session.Usable);
        Assert.Contains(lab.Smtp.Lines, l => l.Text == $"MAIL FROM:<hr@contoso.com> SIZE={mail.Content.Length}");
        Assert.Contains("DATA", lab.Smtp.Verbs);
    }

    [Fact]
    public async Task Many_messages_share_one_connection_one_sign_in_and_one_token()
    {
        await using var lab = await Lab.StartAsync();
        await using (var session = await lab.OpenAsync())
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.IsType<SendOutcome.Accepted>(await session.SendAsync(Mails.To($"person{i}@contoso.com"), Ct));
            }

            await session.CloseAsync(Ct);
        }

        await using var second = await lab.OpenAsync();

        Assert.Equal(5, lab.Smtp.Messages.Count);
        Assert.Equal(2, lab.Smtp.Connections);
        Assert.Equal(2, lab.Smtp.Logins.Count);
        Assert.Equal(1, lab.Cloud.Count(CloudPlace.ExchangeToken));
        Assert.Contains("QUIT", lab.Smtp.Verbs);
    }

    [Theory]
    [InlineData("a line\r\n.\r\n..\r\n.hidden\r\nand the end\r\n")]
    [InlineData(".starts with a dot\r\n")]
    [InlineData("no line end")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("")]
    [InlineData("grüße aus Köln, Привет\r\n")]
    public async Task A_body_arrives_as_it_is(string body)
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();

        await session.SendAsync(Mails.Saying(body), Ct);
        await session.SendAsync(Mails.To("bea@contoso.com"), Ct);

        var arrived = lab.Smtp.Messages[0];
        var expected = Encoding.UTF8.GetString(Mails.Bytes(body)).ReplaceLineEndings("\n");
        Assert.Equal(expected.EndsWith('\n') ? expected : expected + "\n", arrived);
        Assert.Equal(2, lab.Smtp.Messages.Count);
        Assert.Equal(0, lab.Smtp.BareLineEnds);
        Assert.Equal(!Ascii.IsValid(body), lab.Smtp.Lines.Any(l => l.Text.Contains("BODY=8BITMIME", StringComparison.Ordinal)));
    }
}
