namespace Signify.Notifications.Delivery.Reading;

/// <summary>What the provider allows a mailbox at full pace.</summary>
/// <param name="PerMinute">Messages in any 60 seconds; null when unlimited.</param>
/// <param name="RecipientsPerDay">Recipients in any 24 hours; null when unlimited.</param>
/// <param name="Connections">Connections, or calls in flight, at a time.</param>
public sealed record PaceLimits(int? PerMinute, int? RecipientsPerDay, int Connections);
