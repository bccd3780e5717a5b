using System.Globalization;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>Exchange Online's words. Most refusals end in host, time and session id, which Microsoft's support asks for.</summary>
internal sealed class SmtpReplies(TimeProvider time)
{
    public const string Host = "SB1P287CA0064.outlook.office365.com";
    public const string BackEnd = "SB1P287MB0064.SBXP287.PROD.OUTLOOK.COM";
    public const string StartTls = "220 2.0.0 SMTP server ready";
    public const string Authenticated = "235 2.7.0 Authentication successful";
    public const string SenderOk = "250 2.1.0 Sender OK";
    public const string RecipientOk = "250 2.1.5 Recipient OK";
    public const string StartInput = "354 Start mail input; end with <CRLF>.<CRLF>";
    public const string Resetting = "250 2.0.0 Resetting";
    public const string Ok = "250 2.0.0 OK";
    public const string Closing = "221 2.0.0 Service closing transmission channel";
    public const string CannotVerify = "252 2.1.5 Cannot VRFY user";
    public const string Help = "214-This server supports the following commands:\r\n214 HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT VRFY NOOP";
    public const string Unrecognised = "500 5.3.3 Unrecognized command";
    public const string LineTooLong = "500 5.5.2 Line too long";
    public const string BareLineFeedInCommand = "500 5.5.2 Syntax error, line ends in a bare linefeed";
    public const string InvalidDomain = "501 5.5.4 Invalid domain name";
    public const string InvalidArguments = "501 5.5.4 Invalid arguments";
    public const string InvalidRecipient = "501 5.1.3 Invalid address";
    public const string InvalidSender = "501 5.1.7 Invalid address";
    public const string Cancelled = "501 5.7.0 Authentication cancelled";
    public const string HelloFirst = "503 5.5.2 Send hello first";
    public const string NeedMail = "503 5.5.2 Need mail command";
    public const string NeedRecipient = "503 5.5.2 Need rcpt command";
    public const string BadSequence = "503 5.5.2 Bad sequence of commands";
    public const string TooManyRecipients = "452 4.5.3 Too many recipients";
    public const string OverTransportSize = "552 5.3.4 Message size exceeds fixed maximum message size";
    public const string TooManyErrors = "421 4.7.0 Too many errors on this connection, closing transmission channel";
    public const string TimedOut = "421 4.4.1 Connection timed out";
    public const string NotAvailable = "421 4.3.2 Service not available";
    public const string BareLineFeed = "550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds, which cannot be sent via DATA";
    public const string NoFromHeader =
        "550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant and include a valid From address";

    /// <summary>16 hexadecimal digits, the same for the whole connection.</summary>
    public string SessionId { get; } = Guid.NewGuid().ToString("N")[..16].ToUpperInvariant();

    public string UnrecognisedMechanism => Tail("504 5.7.4 Unrecognized authentication type");

    public string NotAuthenticated => Tail("530 5.7.57 Client not authenticated to send mail.");

    public string SignInFailed => Tail("535 5.7.3 Authentication unsuccessful");

    public string BasicDisabled => SignInBarred("basic authentication is disabled.");

    public string SmtpAuthOffForTenant => SignInBarred(
        "SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.");

    public string SmtpAuthOffForMailbox => SignInBarred(
        "SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.");

    public string SecurityDefaults => SignInBarred(
        "user is locked by your organization's security defaults policy. Contact your administrator.");

    public string TooManyConnections =>
        $"432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [Hostname={BackEnd}]";

    public string TooFast => $"432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded [Hostname={BackEnd}]";

    public string NotThisSender => Tail("550 5.7.60 SMTP; Client does not have permissions to send as this sender");

    public string BarredForLicence => Tail("550 5.2.253 Sender throttled due to continuous invalid license errors.");

    public string BlockedSender => Tail("550 5.1.8 Access denied, bad outbound sender");

    public string Greeting => string.Create(
        CultureInfo.InvariantCulture,
        $"220 {Host} Microsoft ESMTP MAIL Service ready at {time.GetUtcNow():ddd, dd MMM yyyy HH:mm:ss} +0000 [{SessionId}]");

    public static string SendAsDenied(string mailbox, string from) => Permanent(
        $"554 5.2.252 SendAsDenied; {mailbox} not allowed to send as {from}; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied");

    public static string MailboxFull() => Permanent(
        "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded");

    public static string DayUsedUp() => Permanent("554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException");

    public static string OverMailboxSize() => Permanent("554 5.2.3 STOREDRV.Submission.Exception:MessageSizeExceeded");

    public static string Accepted(string messageId) => $"250 2.0.0 OK {messageId} [Hostname={BackEnd}]";

    public static string ChunkReceived(long octets) => $"250 2.6.0 CHUNK received OK, {octets} octets";

    private static string Permanent(string text) =>
        $"{text}; Failed to process message due to a permanent exception with message [BeginDiagnosticData]Cannot submit message."
        + $"[EndDiagnosticData] [Hostname={BackEnd}]";

    private string SignInBarred(string reason) => Tail($"535 5.7.139 Authentication unsuccessful, {reason}");

    private string Tail(string text) => string.Create(
        CultureInfo.InvariantCulture, $"{text} [{Host} {time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {SessionId}]");
}
