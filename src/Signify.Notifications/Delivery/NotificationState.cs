namespace Signify.Notifications.Delivery;

/// <summary>Stored as its number: below 3 it waits, 3 and 4 are claimed, 5 and above are outcomes.</summary>
public enum NotificationState
{
    /// <summary>Waits for its turn.</summary>
    Queued = 0,

    /// <summary>Waits for its time: <c>notBefore</c>, or the next attempt.</summary>
    Scheduled = 1,

    /// <summary>
    /// Not in the queue: its mailing is paused or being received, or the control sweep has yet to queue it. See
    /// <see cref="Reading.ShownStates"/>.
    /// </summary>
    Paused = 2,

    /// <summary>In the batch of its mailbox's owner. On its way to the server while <see cref="Model.InFlight"/> has it.</summary>
    Claimed = 3,

    /// <summary>Canceled while it was claimed: it never returns to the queue.</summary>
    Canceling = 4,

    Sent = 5,

    Failed = 6,

    /// <summary>The connection broke after DATA: it may have been delivered. An administrator decides.</summary>
    InDoubt = 7,

    Cancelled = 8,

    Expired = 9,
}
