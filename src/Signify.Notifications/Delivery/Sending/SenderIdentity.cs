namespace Signify.Notifications.Delivery.Sending;

/// <summary>This process among those that send, another one at each start; in a cluster its silo address.</summary>
/// <param name="Id">At most 100 characters.</param>
public sealed record SenderIdentity(string Id)
{
    public static SenderIdentity OfThisProcess() => new(Guid.NewGuid().ToString("N"));
}
