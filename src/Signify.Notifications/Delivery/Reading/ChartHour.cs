namespace Signify.Notifications.Delivery.Reading;

/// <summary>One bar of the 24-hour chart.</summary>
/// <param name="At">The beginning of the hour (UTC). The last of the series is the hour that runs.</param>
/// <param name="Allowed">Messages that the full pace allows in an hour; null when unlimited.</param>
public sealed record ChartHour(DateTimeOffset At, int Sent, int Failed, int? Allowed);
