namespace Signify.Notifications.Delivery.Model;

/// <summary>What happens to a notification. Which state follows from which is in <see cref="NotificationTransitions"/>.</summary>
internal enum NotificationEvent
{
    /// <summary>Its time has come.</summary>
    Promote,

    /// <summary>The mailbox's owner takes it into a batch.</summary>
    Claim,

    /// <summary>It returns to the queue unsent: no attempt is used.</summary>
    Release,

    /// <summary>The server accepted it.</summary>
    Sent,

    /// <summary>The server refused it for good, its attempts are used up, or it could not be composed.</summary>
    Failed,

    /// <summary>The server asked to try later.</summary>
    Defer,

    /// <summary>It may have been delivered, and its mailing says: send it again under the same Message-ID.</summary>
    RetryUnconfirmed,

    /// <summary>It may have been delivered, and an administrator decides.</summary>
    LeaveUnconfirmed,

    /// <summary>Its <c>expiresAt</c> passed before it was sent.</summary>
    Expire,

    Cancel,

    /// <summary>Its mailing is paused, or still being received.</summary>
    Pause,

    /// <summary>Its mailing is active again, and it is due.</summary>
    ResumeDue,

    /// <summary>Its mailing is active again, and its time has not come.</summary>
    ResumeScheduled,

    /// <summary>An administrator retries the failed ones of an active mailing.</summary>
    RetryFailed,

    /// <summary>An administrator retries the failed ones of a paused mailing.</summary>
    RetryFailedPaused,

    /// <summary>An administrator sends this one again.</summary>
    Resend,

    /// <summary>An administrator found out that an unconfirmed one was delivered.</summary>
    ConfirmDelivered,
}
