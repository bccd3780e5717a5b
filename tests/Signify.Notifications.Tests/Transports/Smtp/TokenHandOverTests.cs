using System.Net;
using System.Net.Sockets;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>How a token is handed over: servers differ in what they take in one line.</summary>
public sealed class TokenHandOverTests
{
    [Fact]
    public async Task A_token_waits_until_the_server_asks()
    {
        var heard = await SignInAsync(line => line == "AUTH XOAUTH2" ? "334 " : "235 2.7.0 Accepted");

        Assert.Equal("AUTH XOAUTH2", heard[1]);
        Assert.DoesNotContain(' ', heard[2]);
    }

    [Theory]
    [InlineData("500 5.5.2 Syntax error")]
    [InlineData("501 5.5.4 Initial response required")]
    [InlineData("504 5.5.4 Not implemented")]
    public async Task A_server_that_does_not_ask_gets_the_token_in_one_line(string refusal)
    {
        var heard = await SignInAsync(line => line == "AUTH XOAUTH2" ? refusal : "235 2.7.0 Accepted");

        Assert.StartsWith("AUTH XOAUTH2 ", heard[2], StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> SignInAsync(Func<string, string> answer)
    {
        var ct = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync(listener, answer, ct);
        var endpoint = new SmtpEndpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, SmtpEncryption.None, SettingsField.Cloud);
        await using (var dialogue = new SmtpDialogue(endpoint, new ServerTrust(null, checkRevocation: false),
            TimeSpan.FromSeconds(10), new StaggeredConnector(TimeProvider.System), LocalRelays.Allowed))
        {
            await dialogue.ConnectAsync([IPAddress.Loopback], ct);
            await dialogue.SecureAsync(ct);
            await dialogue.SignInAsync(new SmtpCredentials.Token("noreply@contoso.example", new SecretText(new string('t', 2000))), ct);
        }

        return await served;
    }

    private static async Task<IReadOnlyList<string>> ServeAsync(TcpListener listener, Func<string, string> answer, CancellationToken ct)
    {
        using var client = await listener.AcceptTcpClientAsync(ct);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 here");
        var heard = new List<string>();
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            heard.Add(line);
            await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-here\r\n250 AUTH XOAUTH2" : answer(line));
            if (heard.Count > 1 && answer(line).StartsWith("235", StringComparison.Ordinal))
            {
                break;
            }
        }

        return heard;
    }
}
