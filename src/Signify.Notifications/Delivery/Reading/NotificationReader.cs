namespace Signify.Notifications.Delivery.Reading;

/// <summary>Reads one notification.</summary>
public sealed class NotificationReader
{
    /// <returns>Null when the ruleset has none of that number, or its mailing is being deleted.</returns>
    public Task<NotificationDetails?> FindAsync(Guid rulesetId, long id, CancellationToken ct) => throw new NotImplementedException();
}
