namespace Signify.Notifications.Delivery;

/// <summary>What to do with a notification that may have gone. Stored as its number.</summary>
public enum OnDoubt
{
    /// <summary>Send again with the same Message-ID: mail systems that compare it show one.</summary>
    Resend = 0,

    /// <summary>Leave it to a person.</summary>
    Hold = 1,
}
