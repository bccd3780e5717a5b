using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Signify.Notifications.Network;

namespace Signify.Notifications.Tests.Network;

/// <summary>Every name has these addresses, and a connection to each goes as the test says.</summary>
internal sealed class ScriptedAddresses(params string[] addresses)
{
    private readonly ConcurrentQueue<IPAddress> _tried = new();

    public static IPAddress Six { get; } = IPAddress.Parse("2001:db8::1");

    public static IPAddress Four { get; } = IPAddress.Parse("192.0.2.1");

    /// <summary>In the order of the attempts.</summary>
    public IReadOnlyList<string> Tried => [.. _tried.Select(a => a.ToString())];

    public Func<IPEndPoint, CancellationToken, Task<Socket>> Open { get; init; } = Refuse;

    public StaggeredConnector Connector(TimeProvider? time = null) => new(time ?? TimeProvider.System)
    {
        Resolver = (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()),
        Opener = (remote, ct) =>
        {
            _tried.Enqueue(remote.Address);
            return Open(remote, ct);
        },
    };

    public static Task<Socket> Refuse(IPEndPoint remote, CancellationToken ct) => Fail(SocketError.ConnectionRefused);

    public static Task<Socket> Fail(SocketError error) => Task.FromException<Socket>(new SocketException((int)error));

    /// <summary>No answer, as long as the caller waits.</summary>
    public static async Task<Socket> NeverAsync(CancellationToken ct) => await new TaskCompletionSource<Socket>().Task.WaitAsync(ct);

    /// <summary>A connection to this port of the loopback network, for each address.</summary>
    public static async Task<Socket> LoopbackAsync(int port, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, ct);
        return socket;
    }
}
