using System.ComponentModel;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Transports.Smtp.Client;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>Translates what MailKit and <see cref="SmtpExchange"/> throw, once. The server's reply decides where there is one.</summary>
internal static class SmtpFailures
{
    public static bool Understands(Exception ex) => ex is
        SslHandshakeException or AuthenticationException or CommandException or ProtocolException or NotSupportedException
        or IOException or SocketException or TimeoutException or ServiceNotConnectedException
        or System.Security.Authentication.AuthenticationException or ObjectDisposedException;

    public static TransportUnavailableException Translate(Exception ex, SmtpSituation at)
    {
        var situation = Heard(ex, at);
        return new TransportUnavailableException(Findings(ex, situation), Evidence(ex, situation), ex);
    }

    /// <summary>With the reply that the exception carries.</summary>
    public static SmtpSituation Heard(Exception ex, SmtpSituation at) => ex switch
    {
        SmtpCommandException command when !at.Withheld => At(command, at),
        _ => at,
    };

    /// <summary>After a refusal the connection is reset: the refusal is no longer the server's last word, but the exception has it.</summary>
    public static SmtpReply ReplyOf(Exception ex, SmtpReply last) => ex switch
    {
        SmtpCommandException command => SmtpReply.Read($"{(int)command.StatusCode} {ex.Message}"),
        _ => last,
    };

    private static SmtpSituation At(SmtpCommandException ex, SmtpSituation at) => at with
    {
        Reply = ReplyOf(ex, at.Reply),
        Stage = ex.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => SmtpStage.Sender,
            SmtpErrorCode.RecipientNotAccepted => SmtpStage.Recipient,
            SmtpErrorCode.MessageNotAccepted => SmtpStage.Content,
            _ => at.Stage,
        },
    };

    private static IReadOnlyList<Finding> Findings(Exception ex, SmtpSituation at) => ex switch
    {
        SslHandshakeException or System.Security.Authentication.AuthenticationException => [Handshake(ex, at)],
        NotSupportedException when at.Stage == SmtpStage.SignIn => [SmtpFindings.SignInNotOffered(at.Endpoint)],
        NotSupportedException => [SmtpFindings.StartTlsMissing(at.Endpoint)],
        AuthenticationException or CommandException => SmtpReplies.For(at),
        TimeoutException => [SmtpFindings.Silent(at)],
        IOException when Root(ex) is { SocketErrorCode: SocketError.TimedOut } => [SmtpFindings.Silent(at)],
        SmtpProtocolException when at.Reply.Code == 0 && at.Reply.Text.Length > 0 => [SmtpFindings.NotMailServer(at.Endpoint)],
        // The server may have said why before it hung up.
        _ when at.Reply.Code >= 400 => SmtpReplies.For(at),
        _ => [SmtpFindings.LinkLost(at)],
    };

    private static Finding Handshake(Exception ex, SmtpSituation at)
    {
        if (at.Certificate is { } verdict && TlsFindings.For(verdict, at.Endpoint.Host, at.Endpoint.Field) is { } finding)
        {
            return finding;
        }

        return ProtocolRefused(ex) ? SmtpFindings.TlsTooOld(at.Endpoint) : SmtpFindings.TlsFailed(at.Endpoint);
    }

    // OpenSSL gives the reason in words only, and in English only.
    private static bool ProtocolRefused(Exception? ex)
    {
        for (; ex is not null; ex = ex.InnerException)
        {
            if (ex is Win32Exception { NativeErrorCode: unchecked((int)0x80090331) }
                || ex.Message.Contains("protocol version", StringComparison.OrdinalIgnoreCase)
                || ex.Message.Contains("unsupported protocol", StringComparison.OrdinalIgnoreCase)
                || ex.Message.Contains("wrong version number", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Evidence(Exception ex, SmtpSituation at) => ex switch
    {
        SslHandshakeException when at.Certificate is { } verdict => verdict.Description,
        _ when at.Reply.Text.Length > 0 || at.Reply.Code > 0 => at.Reply.ToString().Trim(),
        ProtocolException when at.Withheld => "no greeting of a mail server",
        SslHandshakeException => Innermost(ex).Message,
        _ => ex.Message,
    };

    private static SocketException? Root(Exception? ex)
    {
        for (; ex is not null; ex = ex.InnerException)
        {
            if (ex is SocketException socket)
            {
                return socket;
            }
        }

        return null;
    }

    private static Exception Innermost(Exception ex) => ex.InnerException is { } inner ? Innermost(inner) : ex;
}
