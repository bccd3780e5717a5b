using MailKit.Net.Smtp;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>The message was called back before DATA. A refusal of our own making: the connection goes on to the next.</summary>
internal sealed class WithdrawnException() : SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, SmtpStatusCode.Ok, "Called back before DATA.");
