using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Sandbox;

internal static class SandboxPorts
{
    /// <summary>The wanted port if it is free on loopback, else any.</summary>
    public static int Choose(int wanted)
    {
        using var socket = Hold(wanted);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A bound socket that does not listen: connections to it are refused.</summary>
    public static Socket Hold(int wanted)
    {
        var socket = NewSocket();
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
            return socket;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
        }

        socket = NewSocket();
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
