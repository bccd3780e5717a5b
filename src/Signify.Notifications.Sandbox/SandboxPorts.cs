using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Sandbox;

/// <summary>Takes ports on loopback at once and keeps them, so that nothing slips in before the server listens.</summary>
internal static class SandboxPorts
{
    private const int Backlog = 512;

    /// <summary>Listens on the wanted port if it is free, else on any.</summary>
    public static Socket Listen(int wanted) => Take(wanted, socket => socket.Listen(Backlog));

    /// <summary>Holds the port without listening: connections to it are refused.</summary>
    public static Socket Block(int wanted) => Take(wanted, _ => { });

    public static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static Socket Take(int wanted, Action<Socket> use)
    {
        try
        {
            return Bind(wanted, use);
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return Bind(0, use);
        }
    }

    private static Socket Bind(int port, Action<Socket> use)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            use(socket);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
