using System.Net.Sockets;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>
/// TCP_QUICKACK of Linux (tcp(7)): sends a pending acknowledgment now. The mode is not permanent, so it is set each time.
/// </summary>
internal static class QuickAcknowledgment
{
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;

    public static void Send(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            socket.SetRawSocketOption(TcpLevel, TcpQuickAck, BitConverter.GetBytes(1));
        }
        catch (SocketException)
        {
            // Only the speed depends on it; the read that follows says what is wrong with the connection.
        }
    }
}
