namespace Signify.Notifications.Delivery.Sending;

public enum Drained
{
    /// <summary>Nothing to do at present.</summary>
    Idle,

    /// <summary>Another process took the mailbox over: this pump must be thrown away.</summary>
    NotOwner,
}
