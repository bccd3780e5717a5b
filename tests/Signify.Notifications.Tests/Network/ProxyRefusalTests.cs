using System.Net;
using System.Text;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Network;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Graph;

namespace Signify.Notifications.Tests.Network;

/// <summary>A proxy that does not connect this server to Microsoft is named, with what it wants; its password never is.</summary>
public sealed class ProxyRefusalTests
{
    private const string Password = "proxy-password-91";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"", "proxy-sign-in", "(407)")]
    [InlineData("403 Forbidden", "proxy-refused", "(403)")]
    [InlineData("502 Bad Gateway", "proxy-refused", "(502)")]
    public async Task The_finding_names_the_proxy_and_what_it_wants(string response, string cause, string status)
    {
        await using var proxy = Proxy(response);
        var failure = await FailureAsync(proxy.Port);
        var cloud = MicrosoftClouds.Worldwide;

        var entra = EntraFindings.Unreachable(failure, cloud);
        var graph = GraphFindings.Broken(failure, cloud, mayHaveGone: false);

        Assert.All([entra.Findings[0], graph], finding =>
        {
            Assert.Equal((cause, FindingCode.ProxyRefused), (finding.Cause, finding.Code));
            Assert.Contains($"127.0.0.1:{proxy.Port}", finding.Message, StringComparison.Ordinal);
            Assert.Contains(status, finding.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, finding.Message + finding.Remedy, StringComparison.Ordinal);
        });
        Assert.Contains(cloud.Authority.Host, entra.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains(cloud.Graph.Host, graph.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_failure_is_not_the_proxys()
    {
        var failure = await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var client = new HttpClient();
            await client.GetAsync(new Uri($"http://127.0.0.1:{LoopbackListener.RefusedPort()}/"), Ct);
        });

        Assert.Null(ProxyRefusal.In(failure));
    }

    private static LoopbackListener Proxy(string response) => new(async (stream, ct) =>
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(ct) is { Length: > 0 })
        {
            // The request and its headers.
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {response}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), ct);
    });

    private static async Task<HttpRequestException> FailureAsync(int port)
    {
        using var handler = new SocketsHttpHandler
        {
            Proxy = new WebProxy(new Uri($"http://127.0.0.1:{port}")) { Credentials = new NetworkCredential("user", Password) },
        };
        using var client = new HttpClient(handler);
        return await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("https://login.example/"), Ct));
    }
}
