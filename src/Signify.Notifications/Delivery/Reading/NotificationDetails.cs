namespace Signify.Notifications.Delivery.Reading;

/// <summary>One notification with every attempt.</summary>
/// <param name="MessageId">Without angle brackets; the same for ever.</param>
/// <param name="MailingName">For a single notification its subject's stand-in: see <paramref name="OfOne"/>.</param>
public sealed record NotificationDetails(
    ActivityRow Row,
    string? Cc,
    string? Fields,
    Priority Priority,
    DateTimeOffset? ExpiresAt,
    string MessageId,
    string MailingName,
    bool OfOne,
    MailingState MailingState,
    OnDoubt OnDoubt,
    string CreatedBy,
    IReadOnlyList<Attempt> Attempts,
    NotificationActions Can);
