using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Benchmarks;

/// <summary>Postfix's smtp-sink: takes and forgets every message.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private const int Sessions = 4000;
    private const int Backlog = 1024;

    private readonly Process _process;

    private SmtpSink(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<SmtpSink> StartAsync()
    {
        var port = FreePort();
        // Root gives its rights up; backlog and number of sessions are large enough for any of the senders.
        var user = Environment.IsPrivilegedProcess ? "-u nobody " : "";
        var sink = new SmtpSink(Process.Start(new ProcessStartInfo("/usr/sbin/smtp-sink", $"{user}-m {Sessions} 127.0.0.1:{port} {Backlog}"))!, port);
        await WaitForAsync(port);
        return sink;
    }

    /// <summary>The reference: Postfix's smtp-source, as many messages of this length over as many connections.</summary>
    /// <returns>With the CPU time of smtp-source itself.</returns>
    public async Task<Lap> SourceAsync(int messages, int connections, int length)
    {
        // The shell's own clock: .NET does not tell the CPU time of a process that has ended.
        var command = string.Create(CultureInfo.InvariantCulture,
            $"TIMEFORMAT='%R %U %S'; time /usr/sbin/smtp-source -d -s {connections} -m {messages} -l {length} -f hr@contoso.com -t anna@contoso.com 127.0.0.1:{Port}");
        using var source = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardError = true })!;
        var words = (await source.StandardError.ReadToEndAsync()).Split(' ').Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        await source.WaitForExitAsync();
        return new Lap(messages, TimeSpan.FromSeconds(words[0]), TimeSpan.FromSeconds(words[1] + words[2]));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task WaitForAsync(int port)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < 1000)
            {
                await Task.Delay(20);
            }
        }
    }
}
