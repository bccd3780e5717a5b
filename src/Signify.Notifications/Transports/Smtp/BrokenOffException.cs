namespace Signify.Notifications.Transports.Smtp;

/// <summary>Stops MailKit amid the content. Not an answer of the server, so that MailKit hangs up instead of going on with RSET, which would be content.</summary>
internal sealed class BrokenOffException() : IOException("Broken off before the end of the content.");
