namespace Signify.Notifications.Alerts;

public enum AlertDeliveryState
{
    /// <summary>Not told yet: it is tried when it is due.</summary>
    Waiting,

    /// <summary>The webhook took it, or its e-mails are in the queue.</summary>
    Delivered,

    /// <summary>Deliberately not told this way.</summary>
    Skipped,

    /// <summary>Tried until its time was over.</summary>
    GivenUp,
}
