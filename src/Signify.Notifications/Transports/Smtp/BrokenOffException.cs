namespace Signify.Notifications.Transports.Smtp;

/// <summary>Ends a message amid its content. Not an answer of the server, so that the connection is given up: what came next would be content.</summary>
internal sealed class BrokenOffException() : IOException("Broken off before the end of the content.");
