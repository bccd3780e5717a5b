using MailKit.Net.Smtp;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>The message was called back just before DATA. A refusal of our own making: MailKit answers each with RSET and keeps the connection.</summary>
internal sealed class WithdrawnException() : SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, SmtpStatusCode.Ok, "Called back before DATA.");
