namespace Signify.Notifications.Delivery.Sending;

/// <summary>What the provider allows a mailbox.</summary>
/// <param name="Connections">Connections, or requests in flight, at a time: at least 1.</param>
/// <param name="PerMinute">In any 60 seconds; null where nothing limits it.</param>
/// <param name="RecipientsPerDay">In any 24 hours, To and Cc together; null where nothing limits it.</param>
public sealed record PaceLimits(int Connections, int? PerMinute, int? RecipientsPerDay)
{
    /// <summary>The smaller of each two.</summary>
    public PaceLimits And(PaceLimits other) => new(
        Math.Min(Connections, other.Connections), Smaller(PerMinute, other.PerMinute), Smaller(RecipientsPerDay, other.RecipientsPerDay));

    private static int? Smaller(int? a, int? b) => a is null || b < a ? b : a;

    public bool Unlimited => PerMinute is null && RecipientsPerDay is null;
}
