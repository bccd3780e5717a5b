using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Web.Hosting;

internal static class LoopbackPort
{
    // Below those that systems give to outgoing connections (Linux from 32768, Windows from 49152): one of theirs that is free now may
    // be anybody's a moment later, before the engine listens on it.
    private const int Lowest = 10_000;
    private const int Highest = 32_000;
    private const int Tries = 100;

    /// <summary>The wanted port, or another that nobody has where it is 0 or taken: only processes of this machine connect to it.</summary>
    /// <exception cref="SocketException">None was found.</exception>
    public static int Free(int wanted)
    {
        for (var (port, tries) = (wanted > 0 ? wanted : Any(), 1); ; port = Any(), tries++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException) when (tries < Tries)
            {
                // Somebody has it.
            }
        }
    }

    private static int Any() => Random.Shared.Next(Lowest, Highest);
}
