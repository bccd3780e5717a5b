using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>A ruleset's delivery in numbers, as of <paramref name="At"/>.</summary>
/// <param name="Waiting">All that is still to go and not in hand, of paused mailings too.</param>
/// <param name="WaitingPaused">Of <paramref name="Waiting"/>, that of paused mailings.</param>
/// <param name="InHand">In a sender's batch or on its way.</param>
/// <param name="SentLastMinute">
/// Messages in the last 60 seconds, of all rulesets that send from the mailbox; null for a mailbox without limits, where none are counted.
/// </param>
/// <param name="RecipientsIn24Hours">
/// What counts against the provider's limit, of all rulesets that send from the mailbox; null likewise.
/// </param>
/// <param name="SentToday">Since midnight UTC.</param>
/// <param name="FailedToday">Since midnight UTC.</param>
/// <param name="InDoubt">Waits for a person's verdict.</param>
/// <param name="OldestWaiting">When the oldest mailing with something waiting was handed in.</param>
/// <param name="NextWindow">When the used-up limit frees; null while there is room.</param>
public sealed record Overview(
    DateTimeOffset At,
    BoundedCount Waiting,
    BoundedCount WaitingPaused,
    int InHand,
    int? SentLastMinute,
    int? RecipientsIn24Hours,
    int SentToday,
    int FailedToday,
    BoundedCount InDoubt,
    DateTimeOffset? OldestWaiting,
    DateTimeOffset? NextWindow,
    PaceLimits Limits,
    double PaceShare,
    HoldView Hold)
{
    /// <summary>The mailbox has sent to as many recipients in 24 hours as the provider allows. A full minute is no such thing.</summary>
    public bool DayUsedUp => RecipientsIn24Hours >= Limits.RecipientsPerDay;

    /// <summary>Another ruleset of this installation sends from the same mailbox and shares its limits.</summary>
    public bool MailboxShared { get; init; }
}
