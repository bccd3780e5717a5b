using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Exchange;

/// <summary>Speaks to the server byte by byte, as no library would.</summary>
internal sealed class RawSmtp : IAsyncDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly CancellationToken _ct;
    private Stream _stream = Stream.Null;

    private RawSmtp(CancellationToken ct) => _ct = ct;

    public static async Task<RawSmtp> ConnectAsync(RunningSandbox sandbox, CancellationToken ct, int? port = null)
    {
        var raw = new RawSmtp(ct);
        await raw._tcp.ConnectAsync(sandbox.Host.SmtpHost, port ?? sandbox.Host.SmtpPort, ct);
        raw._stream = raw._tcp.GetStream();
        return raw;
    }

    /// <summary>Greeted, encrypted and greeted again.</summary>
    public static async Task<RawSmtp> ConnectOverTlsAsync(RunningSandbox sandbox, CancellationToken ct)
    {
        var raw = await ConnectAsync(sandbox, ct);
        await raw.ReadReplyAsync();
        await raw.SendAsync("EHLO localhost");
        await raw.SendAsync("STARTTLS");
        await raw.StartTlsAsync(sandbox);
        await raw.SendAsync("EHLO localhost");
        return raw;
    }

    /// <summary>Signed in as the mailbox that everything is granted for.</summary>
    public static async Task<RawSmtp> SignInAsync(RunningSandbox sandbox, CancellationToken ct)
    {
        var token = await sandbox.TokenAsync(ReadyMadeApps.Granted, RunningSandbox.ExchangeScope, ct);
        var raw = await ConnectOverTlsAsync(sandbox, ct);
        var payload = Convert.ToBase64String(Encoding.UTF8.GetBytes($"user={ReadyMadeTenants.Sender}\u0001auth=Bearer {token}\u0001\u0001"));
        Assert.StartsWith("235 ", await raw.SendAsync($"AUTH XOAUTH2 {payload}"), StringComparison.Ordinal);
        return raw;
    }

    public async Task StartTlsAsync(RunningSandbox sandbox)
    {
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = sandbox.Host.SmtpHost, CertificateChainPolicy = sandbox.TrustingTheRoot() }, _ct);
        _stream = tls;
    }

    /// <summary>Sends the line and returns the whole reply.</summary>
    public async Task<string> SendAsync(string line)
    {
        await WriteAsync(line + "\r\n");
        return await ReadReplyAsync();
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes, _ct);
        await _stream.FlushAsync(_ct);
    }

    /// <summary>The lines of one reply, parted by LF; empty when the server hung up.</summary>
    public async Task<string> ReadReplyAsync()
    {
        var lines = new List<string>();
        string? line;
        do
        {
            line = await ReadLineAsync();
            if (line is not null)
            {
                lines.Add(line);
            }
        }
        while (line is { Length: > 3 } && line[3] == '-');
        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private async Task<string?> ReadLineAsync()
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (await _stream.ReadAsync(one, _ct) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            }

            bytes.Add(one[0]);
        }

        return null;
    }
}
