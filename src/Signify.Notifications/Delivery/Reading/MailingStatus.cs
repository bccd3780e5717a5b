namespace Signify.Notifications.Delivery.Reading;

/// <summary>A mailing's state as a person says it.</summary>
public enum MailingStatus
{
    /// <summary>Its time has not come.</summary>
    Scheduled,

    /// <summary>Waits for its turn, or is being sent.</summary>
    Sending,

    /// <summary>Its time has come, and the ruleset has no settings that passed their check.</summary>
    WaitingForSetup,

    Paused,

    /// <summary>It would go on, but the ruleset is held.</summary>
    Held,

    /// <summary>Cancelled; what is in hand may still go.</summary>
    Cancelling,

    Cancelled,

    /// <summary>Nothing waits, and all were sent.</summary>
    Sent,

    /// <summary>Nothing waits, and some were not sent: see the counts.</summary>
    Finished,
}
