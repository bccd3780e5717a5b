using Signify.Notifications.Delivery.Sending.Mime;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>A notification in a sender's batch.</summary>
/// <param name="Epoch">The owner's; every write about it asks for it.</param>
public sealed record InHand(
    long Id, int MailboxId, long Epoch, long MailingId, string To, string? ToName, string? Cc, string? Fields,
    Priority Priority, long Turn, int Attempts, DateTimeOffset? ExpiresAt)
{
    /// <summary>The batch it was claimed in; null while nobody traces.</summary>
    internal BatchTrace? Trace { get; set; }

    /// <summary>How many count against the provider's limits.</summary>
    public int Recipients => Cc is null ? 1 : CcList.Recipients(To, Cc).Count;
}
