using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Web.Hosting;

internal static class LoopbackPort
{
    /// <summary>The wanted port, or any when another program has it: only processes of this machine connect to it.</summary>
    public static int Free(int wanted)
    {
        try
        {
            return Probe(wanted);
        }
        catch (SocketException)
        {
            return Probe(0);
        }
    }

    private static int Probe(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
