namespace Signify.Notifications.Delivery;

/// <summary>Stored as its number: what waits is below 3, what is in hand is 3 and 4, outcomes are 5 and above.</summary>
public enum NotificationState
{
    /// <summary>Waits for its turn.</summary>
    Queued = 0,

    /// <summary>Waits for its time: <c>notBefore</c>, or the next attempt.</summary>
    Scheduled = 1,

    /// <summary>Not in the queue: its mailing is paused or being received, or the control sweep has yet to queue it. See <see cref="Reading.ShownStates"/>.</summary>
    Paused = 2,

    /// <summary>In a sender's batch; nothing of it has gone to the server.</summary>
    Claimed = 3,

    /// <summary>On its way to the server. Found so under an older epoch, it is in doubt.</summary>
    Sending = 4,

    Sent = 5,

    Failed = 6,

    /// <summary>The link broke after DATA: it may have gone. A person decides.</summary>
    InDoubt = 7,

    Cancelled = 8,

    Expired = 9,
}
