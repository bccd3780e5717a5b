namespace Signify.Notifications.Transports;

/// <summary>What a refusal comes down to: whose fault it is, and so what becomes of the message and of the mailbox.</summary>
public enum Fault
{
    /// <summary>The recipient, the size or the content: this message fails, others go on.</summary>
    OfMessage,

    /// <summary>This message is tried again later, others go on.</summary>
    Passing,

    /// <summary>Too fast or too many connections: the mailbox slows down.</summary>
    Throttled,

    /// <summary>The provider's quota is used up: the mailbox waits.</summary>
    Quota,

    /// <summary>The road or the server is away: the mailbox waits.</summary>
    Unreachable,

    /// <summary>The configuration: the mailbox is held until a check passes.</summary>
    Configuration,

    /// <summary>The provider blocks the sender for abuse: the mailbox is held for a person.</summary>
    Blocked,

    /// <summary>The server's, and it does not say whether the message went all the same.</summary>
    Doubtful,
}
