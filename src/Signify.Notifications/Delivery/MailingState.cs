namespace Signify.Notifications.Delivery;

/// <summary>Stored as its number.</summary>
public enum MailingState
{
    /// <summary>Being handed in: nothing of it is sent before all of it is durable. One that stays so was never acknowledged and is swept away.</summary>
    Receiving = 0,

    Active = 1,

    Paused = 2,

    Cancelled = 3,

    /// <summary>Being deleted, a portion at a time.</summary>
    Deleting = 4,
}
