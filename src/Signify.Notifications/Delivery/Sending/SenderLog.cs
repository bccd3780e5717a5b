using Microsoft.Extensions.Logging;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>What a sender writes to the log: numbers and codes, no address, no words of a server.</summary>
internal static partial class SenderLog
{
    public static void LogHeld(this SenderParts parts, int mailbox, Hold hold, FindingCode code) => LogHeld(parts.Logger, mailbox, hold, code);

    public static void LogWaits(this SenderParts parts, int mailbox, double seconds, FindingCode code) => LogWaits(parts.Logger, mailbox, seconds, code);

    public static void LogDoubtful(this SenderParts parts, int mailbox, int count) => LogDoubtful(parts.Logger, mailbox, count);

    public static void LogRouteFault(this SenderParts parts, int mailbox, string fault, string? stack) =>
        LogRouteFault(parts.Logger, mailbox, fault, stack);

    // Without the exception's message, which could quote a secret.
    [LoggerMessage(Level = LogLevel.Error, Message = "Mailbox {Mailbox}: unexpected fault of the transport ({Fault}). {Stack}")]
    private static partial void LogRouteFault(ILogger logger, int mailbox, string fault, string? stack);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {Mailbox} is held ({Hold}): {Code}.")]
    private static partial void LogHeld(ILogger logger, int mailbox, Hold hold, FindingCode code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox {Mailbox} waits {Seconds:0} s: {Code}.")]
    private static partial void LogWaits(ILogger logger, int mailbox, double seconds, FindingCode code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {Mailbox}: {Count} messages were on their way when the former sender stopped. They are in doubt.")]
    private static partial void LogDoubtful(ILogger logger, int mailbox, int count);
}
