using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Bodies that no HTTP client sends, byte for byte, to the real server.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ChunkedBodyTests : IAsyncLifetime
{
    private TestProgram _program = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Broken
    {
        get
        {
            var data = new TheoryData<string, string>();
            string[] sizes = ["80000000", "7fffffff8", "ffffffff", "FFFFFFFFFFFFFFFF", "10000000000000000000", "-1", "zz", ""];
            string[] paths = ["/api/v1/notifications", "/api/v1/mailings", "/api/v1/settings/test-message", "/account/signin"];
            foreach (var path in paths)
            {
                foreach (var size in sizes)
                {
                    data.Add(path, size);
                }
            }

            return data;
        }
    }

    public async ValueTask InitializeAsync() => _program = await TestProgram.StartAsync(new TestProgramOptions { OnKestrel = true });

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_chunk_size_that_cannot_be_read_is_a_400(string path, string size)
    {
        var type = path.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded";

        var answer = await SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: {_program.Address.Authority}\r\nAuthorization: Bearer {TestProgram.ApiKey}\r\n"
            + $"Content-Type: {type}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\n{{\"to\":1}}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(_program.Log.Lines, l => l.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal));
    }

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_program.Address.Host, _program.Address.Port, Stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadLineAsync(Stop) ?? "";
    }
}
