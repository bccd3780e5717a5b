using MailKit;
using MailKit.Net.Smtp;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>MailKit's client with one more question: would you take this sender?</summary>
internal sealed class ProbingSmtpClient(IProtocolLogger logger) : SmtpClient(logger)
{
    private bool _senderNamed;

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
