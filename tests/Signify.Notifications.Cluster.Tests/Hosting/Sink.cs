using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>A mail server that takes everything and remembers what came, when, and over which connection.</summary>
internal sealed class Sink : IAsyncDisposable
{
    public static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(300);

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ConcurrentDictionary<int, SinkConnection> _connections = new();
    private readonly Task _accepting;
    private int _ids;

    public Sink(IPAddress address)
    {
        _listener = new TcpListener(address, 0);
        _listener.Start(200);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<Arrival> Arrivals => [.. _arrivals];

    public IReadOnlyList<SinkConnection> Connections => [.. _connections.Values];

    public int Different => _arrivals.Select(a => a.MessageId).Distinct().Count();

    /// <summary>Whose mail has come over the connections with these ends.</summary>
    public IReadOnlySet<string> MailboxesOf(IReadOnlySet<IPEndPoint> ends) => Connections.Where(c => ends.Contains(c.From)).Select(c => c.Mailbox).OfType<string>().ToHashSet();

    /// <summary>Until so many different messages have come.</summary>
    public async Task ReachesAsync(int count, CancellationToken ct)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Different < count)
        {
            await again.WaitForNextTickAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    internal void Add(Arrival arrival) => _arrivals.Enqueue(arrival);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                var connection = new SinkConnection(this, Interlocked.Increment(ref _ids), (IPEndPoint)socket.RemoteEndPoint!);
                _connections[connection.Id] = connection;
                _ = connection.ServeAsync(socket, _stop.Token);
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }
}

/// <param name="Mailbox">MAIL FROM.</param>
internal sealed record Arrival(DateTimeOffset At, string Mailbox, string MessageId, int Connection);
