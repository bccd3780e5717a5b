namespace Signify.Notifications.Delivery.Reading;

/// <summary>One notification in a list.</summary>
public sealed record ActivityRow(
    long Id,
    long MailingId,
    string To,
    string? ToName,
    NotificationState State,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? EndedAt,
    int Attempts);
