using System.Net;
using MailKit;
using MailKit.Net.Smtp;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>MailKit's client with two more commands: STARTTLS alone, and would you take this sender.</summary>
internal sealed class ProbingSmtpClient : SmtpClient
{
    private bool _senderNamed;

    /// <param name="ehloName">The name in EHLO; null for the machine's host name.</param>
    public ProbingSmtpClient(IProtocolLogger logger, TimeSpan timeout, string? ehloName = null)
        : base(logger)
    {
        Timeout = (int)timeout.TotalMilliseconds;
        // Exchange refuses an EHLO with a name that is no host name.
        LocalDomain = ehloName ?? (Uri.CheckHostName(Dns.GetHostName()) == UriHostNameType.Dns ? null : "localhost");
    }

    /// <summary>The server begins with TLS behind its answer.</summary>
    /// <exception cref="SmtpCommandException">It does not.</exception>
    public async Task StartTlsAsync(CancellationToken ct)
    {
        var response = await SendCommandAsync("STARTTLS", ct);
        if (response.StatusCode != SmtpStatusCode.ServiceReady)
        {
            throw new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, response.StatusCode, response.Response);
        }
    }

    /// <exception cref="SmtpCommandException">The server would not.</exception>
    public async Task ProbeSenderAsync(string from, CancellationToken ct)
    {
        var response = await SendCommandAsync($"MAIL FROM:<{from}>", ct);
        if ((int)response.StatusCode is < 200 or >= 300)
        {
            throw new SmtpCommandException(SmtpErrorCode.SenderNotAccepted, response.StatusCode, response.Response);
        }

        _senderNamed = true;
    }

    /// <summary>Takes the named sender back, so that the server forgets the message that never was.</summary>
    public async Task ResetAsync(CancellationToken ct)
    {
        if (_senderNamed)
        {
            _senderNamed = false;
            await SendCommandAsync("RSET", ct);
        }
    }
}
