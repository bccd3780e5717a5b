using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Network;

/// <summary>
/// Connects to the address of a host that answers first (RFC 8305): IPv6 first, families in turn, the next address when one fails
/// or 250 ms after the last started. SMTP, the token service, Graph and webhooks connect through it: see docs/decisions/0028.
/// </summary>
public sealed class StaggeredConnector(TimeProvider time)
{
    /// <summary>RFC 8305, section 5: the recommended Connection Attempt Delay.</summary>
    public static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    // HttpClient gives up a request without a word on its connection. Earlier than that, the failure can name the family.
    private static readonly TimeSpan HttpLimit = TimeSpan.FromSeconds(10);

    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolver { get; init; } = Dns.GetHostAddressesAsync;

    internal Func<IPEndPoint, CancellationToken, Task<Socket>> Opener { get; init; } = OpenAsync;

    /// <exception cref="SocketException">The name is not found.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) =>
        IPAddress.TryParse(host, out var address) ? [address] : await Resolver(host, ct);

    /// <exception cref="ConnectFailedException">No address accepts a connection; the message names each family.</exception>
    /// <exception cref="ConnectCanceledException"><paramref name="ct"/> ended it; it names the addresses that did not answer.</exception>
    public async Task<OpenedConnection> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken ct)
    {
        var attempts = AddressOrder.Interleave(addresses).Select(a => new ConnectAttempt(new IPEndPoint(a, port))).ToList();
        using var race = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ConnectAttempt? winner = null;
        try
        {
            winner = await FirstAsync(attempts, race.Token);
            return new OpenedConnection(await winner.Connecting, winner.Remote, ConnectEvidence.OnSuccess(attempts));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw new ConnectCanceledException(ConnectEvidence.OnFailure(attempts), ct);
        }
        finally
        {
            await race.CancelAsync();
            foreach (var loser in attempts.Where(a => a != winner))
            {
                await loser.CloseAsync();
            }
        }
    }

    /// <summary>For <see cref="System.Net.Http.SocketsHttpHandler.ConnectCallback"/>: the server's name, or that of the proxy.</summary>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct) =>
        await OpenStreamAsync(await ResolveAsync(context.DnsEndPoint.Host, ct), context.DnsEndPoint.Port, ct);

    /// <summary>Connects to these addresses and no other, within ten seconds.</summary>
    internal async Task<Stream> OpenStreamAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(HttpLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return new NetworkStream((await ConnectAsync(addresses, port, either.Token)).Socket, ownsSocket: true);
        }
        catch (ConnectCanceledException ex) when (!ct.IsCancellationRequested)
        {
            throw new ConnectFailedException(SocketError.TimedOut, ex.Evidence, AddressOrder.Families(addresses));
        }
    }

    private async Task<ConnectAttempt> FirstAsync(IReadOnlyList<ConnectAttempt> attempts, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var running = new List<ConnectAttempt>();
        for (var next = 0; ;)
        {
            if (next < attempts.Count)
            {
                attempts[next].Start(Opener, ct);
                running.Add(attempts[next++]);
            }

            if (running.Count == 0)
            {
                throw ConnectFailedException.From(attempts);
            }

            await WaitAsync(running, next < attempts.Count, ct);
            // A connection that opens just as the caller gives up is not used; the race closes it.
            ct.ThrowIfCancellationRequested();
            if (running.Find(a => a.Connecting.IsCompletedSuccessfully) is { } connected)
            {
                return connected;
            }

            running.RemoveAll(a => a.Connecting.IsCompleted);
        }
    }

    /// <summary>Ends when an attempt does, or where more are to come when it is the next one's turn.</summary>
    private async Task WaitAsync(List<ConnectAttempt> running, bool more, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var events = running.Select(Task (a) => a.Connecting).ToList();
        events.Add(Task.Delay(more ? Stagger : Timeout.InfiniteTimeSpan, time, enough.Token));
        await Task.WhenAny(events);
        await enough.CancelAsync();
    }

    private static async Task<Socket> OpenAsync(IPEndPoint remote, CancellationToken ct)
    {
        // Nagle's algorithm would hold the end of every message over 4 KB back for some 40 ms.
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(remote, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <param name="Evidence">Which other addresses were tried, and how that ended; null when the first one answered.</param>
public sealed record OpenedConnection(Socket Socket, IPEndPoint Remote, string? Evidence);
