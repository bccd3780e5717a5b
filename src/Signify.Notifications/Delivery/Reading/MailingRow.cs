namespace Signify.Notifications.Delivery.Reading;

/// <summary>One mailing in a list.</summary>
/// <param name="StatusWords">The honest state in a few words: "Sent to all 90", "Finished: 88 of 90 sent, 2 failed".</param>
public sealed record MailingRow(
    long Id,
    string Name,
    MailingStatus Status,
    string StatusWords,
    Priority Priority,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? NotBefore,
    DateTimeOffset? ExpiresAt,
    MailingCounts Counts);
