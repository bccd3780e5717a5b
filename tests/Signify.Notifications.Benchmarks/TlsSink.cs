using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// Takes and forgets every message, and offers STARTTLS, which smtp-sink does not. A process of its own, so that its CPU time is
/// not ours. With a limit it refuses what exceeds it in any 60 seconds, as Exchange does.
/// </summary>
internal sealed class TlsSink : IAsyncDisposable
{
    public const string Command = "tls-sink";

    private readonly Process _process;

    private TlsSink(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Of the sink since its start.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="perMinute">0 for no limit.</param>
    /// <param name="separate">Each reply leaves in a packet of its own, with Nagle's algorithm on.</param>
    public static async Task<TlsSink> StartAsync(int perMinute = 0, bool separate = false)
    {
        var port = SmtpSink.FreePort();
        var sink = new TlsSink(Process.Start(Environment.ProcessPath!, [Command, $"{port}", $"{perMinute}", $"{separate}"]), port);
        await SmtpSink.WaitForAsync(port);
        return sink;
    }

    /// <summary>The sink's own process: until it is killed.</summary>
    public static async Task RunAsync(string[] args)
    {
        var (port, perMinute) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
        var separate = bool.Parse(args[2]);
        using var certificate = Certificate();
        var window = new SinkWindow(perMinute);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            var socket = await listener.AcceptSocketAsync();
            socket.NoDelay = !separate;
            _ = new SinkSession(new NetworkStream(socket, ownsSocket: true), certificate, window, separate).RunAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

/// <summary>What was taken in the last 60 seconds, over all connections.</summary>
internal sealed class SinkWindow(int perMinute)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _taken = new();

    public bool TryTake()
    {
        if (perMinute == 0)
        {
            return true;
        }

        lock (_lock)
        {
            while (_taken.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest) >= TimeSpan.FromMinutes(1))
            {
                _taken.Dequeue();
            }

            if (_taken.Count >= perMinute)
            {
                return false;
            }

            _taken.Enqueue(Stopwatch.GetTimestamp());
            return true;
        }
    }
}
