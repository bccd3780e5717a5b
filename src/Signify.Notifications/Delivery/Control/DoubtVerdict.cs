namespace Signify.Notifications.Delivery.Control;

/// <summary>What a person found out about a notification in doubt.</summary>
public enum DoubtVerdict
{
    /// <summary>It arrived.</summary>
    Arrived,

    /// <summary>It did not, or nobody knows: send it again under the same Message-ID.</summary>
    SendAgain,
}
