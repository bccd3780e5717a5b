namespace Signify.Notifications.Transports;

/// <summary>What a fault that is not one message's means for the mailbox.</summary>
public enum StopKind
{
    /// <summary>Too fast or too many connections (432, 421, 451 4.7.x, 429): slow down at once, recover slowly.</summary>
    Throttled,

    /// <summary>The provider's quota is used up: wait until its window frees.</summary>
    Quota,

    /// <summary>The road is broken or the server away for now: try again, later and later.</summary>
    Unreachable,

    /// <summary>The configuration is at fault: hold until a check passes.</summary>
    Configuration,

    /// <summary>The provider blocks the sender for abuse: hold until a person lets it go on.</summary>
    Blocked,
}
