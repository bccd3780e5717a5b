namespace Signify.Notifications.Delivery.Reading;

/// <summary>One mailing with its counts by state and what to expect of it.</summary>
/// <param name="Queued">Waiting for their turn.</param>
/// <param name="Scheduled">Waiting for their time or their next attempt. Bounded; <paramref name="Queued"/> is then what is left.</param>
/// <param name="Paused">All that waits, when the mailing is paused; else 0.</param>
/// <param name="InHand">In a sender's batch or on its way.</param>
/// <param name="PerMinute">Sent a minute of late; null when nothing was in the last five minutes.</param>
/// <param name="EstimatedEnd">From what waits and the rate of late, or else the pace; null when it cannot be told (paused, held, cancelled, no rate yet) or is over.</param>
public sealed record MailingDetails(
    MailingRow Row,
    int Queued,
    BoundedCount Scheduled,
    int Paused,
    int InHand,
    double? PerMinute,
    DateTimeOffset? EstimatedEnd,
    OnDoubt OnDoubt,
    bool OfOne,
    DateTimeOffset? FirstSentAt,
    DateTimeOffset? LastSentAt,
    string Subject,
    int Attachments,
    MailingActions Can);
