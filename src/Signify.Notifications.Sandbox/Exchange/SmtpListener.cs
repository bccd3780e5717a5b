using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Signify.Notifications.Sandbox.Doors;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>Runs one session for each connection. Whatever a client does ends its own connection and no more.</summary>
internal sealed partial class SmtpListener(ExchangeServer server, SmtpDoor door, X509Certificate2 certificate, ILogger logger)
{
    public async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, server.Stopping);
        await using var channel = new SmtpChannel(connection, server.Time, server.IdleTimeout, closed.Token);
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "unknown";
        using var session = new SmtpSession(channel, server, door, certificate, address);
        try
        {
            await session.RunAsync();
        }
        catch (Exception broken) when (broken is IOException or AuthenticationException or OperationCanceledException)
        {
            LogBroken(connection.ConnectionId, broken);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "SMTP connection {Connection} ended early.")]
    private partial void LogBroken(string connection, Exception cause);
}
