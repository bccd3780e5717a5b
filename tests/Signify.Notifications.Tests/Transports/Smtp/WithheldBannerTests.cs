using System.Globalization;
using System.Text;
using System.Text.Json;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>Another service that answers at a Server Name: its banner is neither shown nor stored.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class WithheldBannerTests
{
    private const string Mark = "internal-host-7";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Banners =>
    [
        $"SSH-2.0-OpenSSH_9.6 {Mark}\r\n", $"HTTP/1.1 400 Bad Request\r\nServer: {Mark}\r\n\r\n{Mark}", $"-ERR {Mark}\r\n", $"* OK {Mark} IMAP4 ready\r\n",
        $"200 {Mark} news\r\n", $"2201 {Mark}\r\n", $"220{Mark}\r\n", $"{Mark}", $"\r\n220 {Mark}\r\n",
    ];

    [Theory]
    [MemberData(nameof(Banners))]
    public async Task A_banner_is_in_no_finding_no_evidence_and_no_transcript(string banner)
    {
        await using var server = Server(banner);
        await using var dialogue = Open(server.Port);

        var failed = await FailsAsync(dialogue);

        Assert.Equal("not-mail-server", failed.Findings[0].Cause);
        Assert.Contains("does not speak SMTP", failed.Findings[0].Message, StringComparison.Ordinal);
        Assert.All([failed.Findings[0].ToString(), failed.Evidence ?? "", failed.ToString(), dialogue.Transcript, dialogue.Banner], text =>
            Assert.DoesNotContain(Mark, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_banner_that_comes_byte_by_byte_is_withheld_and_a_greeting_is_not()
    {
        await using var ssh = Server($"SSH-2.0 {Mark}\r\n", byteByByte: true);
        await using var smtp = Server($"220 {Mark} ready\r\n", byteByByte: true);
        await using var first = Open(ssh.Port);
        await using var second = Open(smtp.Port);

        await FailsAsync(first);
        await FailsAsync(second);

        Assert.DoesNotContain(Mark, first.Transcript, StringComparison.Ordinal);
        Assert.Equal($"220 {Mark} ready", second.Banner);
    }

    [Theory]
    [InlineData("554 5.7.1 internal-host-7 takes no mail from you\r\n", "554 5.7.1")]
    [InlineData("554 internal-host-7\r\n", "554")]
    [InlineData("421-internal-host-7\r\n421 4.3.2 internal-host-7\r\n", "421")]
    public async Task Of_a_refusal_in_place_of_the_greeting_the_codes_are_shown(string refusal, string evidence)
    {
        await using var server = Server(refusal);
        await using var dialogue = Open(server.Port);

        var failed = await FailsAsync(dialogue);

        Assert.Equal(FindingCode.ServerBusy, failed.Findings[0].Code);
        Assert.Equal(evidence, failed.Evidence);
        Assert.DoesNotContain(Mark, failed.Findings[0] + dialogue.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_stores_nothing_of_a_banner()
    {
        await using var server = Server($"SSH-2.0-OpenSSH_9.6 {Mark}\r\n");
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync(lab.Input with
        {
            ServerName = "127.0.0.1",
            Port = server.Port.ToString(CultureInfo.InvariantCulture),
            CredentialsRequired = false,
        });

        Assert.Equal(["not-mail-server"], report.Errors());
        Assert.DoesNotContain(Mark, JsonSerializer.Serialize(report, FindingJson.Options), StringComparison.Ordinal);
        await using var db = lab.Library.NewContext();
        Assert.DoesNotContain(Mark, string.Join('\n', db.Set<CheckRecord>().AsEnumerable().Select(r => JsonSerializer.Serialize(r))), StringComparison.Ordinal);
    }

    private static LoopbackListener Server(string banner, bool byteByByte = false) => new(async (stream, ct) =>
    {
        var bytes = Encoding.Latin1.GetBytes(banner);
        if (!byteByByte)
        {
            await stream.WriteAsync(bytes, ct);
        }

        foreach (var one in byteByByte ? bytes : [])
        {
            await stream.WriteAsync(new[] { one }, ct);
            await stream.FlushAsync(ct);
            await Task.Delay(1, ct);
        }

        stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null, ct);
    });

    private static SmtpDialogue Open(int port) => new(
        new SmtpEndpoint("127.0.0.1", port, SmtpEncryption.None, SettingsField.ServerName), new(null, false), TimeSpan.FromSeconds(20),
        new Signify.Notifications.Network.StaggeredConnector(TimeProvider.System), LocalRelays.Allowed);

    private static Task<TransportUnavailableException> FailsAsync(SmtpDialogue dialogue) => Assert.ThrowsAsync<TransportUnavailableException>(async () =>
    {
        await dialogue.ConnectAsync(await dialogue.ResolveAsync(Ct), Ct);
        await dialogue.SecureAsync(Ct);
    });
}
