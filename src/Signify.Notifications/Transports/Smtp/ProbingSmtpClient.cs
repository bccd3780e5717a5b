using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>MailKit's client with one more question, would you take this sender, and with messages that are ready-made.</summary>
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

    /// <returns>The server's receipt.</returns>
    public Task<string> SubmitAsync(SmtpSubmission submission)
    {
        if (submission is { International: true, Utf8: false })
        {
            // MailKit would ask for SMTPUTF8 where a domain alone is beyond ASCII, and servers further on that lack it would send
            // the message back. Capabilities can be taken away only, so it is gone for the connection: hand-in lets no address
            // pass that needs it.
            Capabilities &= ~SmtpCapabilities.UTF8;
        }

        var message = new ReadyMessage(submission);
        return SendAsync(message.Format, message, submission.Sender, submission.Recipients, submission.Bound);
    }

    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
        if (message is not ReadyMessage)
        {
            base.Prepare(options, message, constraint, maxLineLength);
        }
    }

    // To learn the size MailKit would write the message a second time.
    protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
        message is ReadyMessage ready ? Task.FromResult((long)ready.Submission.Content.Length) : base.GetSizeAsync(options, message, cancellationToken);

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        (message as ReadyMessage)?.Submission.SenderAccepted();

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        (message as ReadyMessage)?.Submission.RecipientAccepted();
}
