using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// What became of a claimed notification, recorded in one piece: its state, the attempt, its mailing's counters, the limits.
/// </summary>
internal sealed record Ending
{
    public required InHand Of { get; init; }

    /// <summary>One of the owner's: see <see cref="NotificationTransitions"/>.</summary>
    public required NotificationEvent Event { get; init; }

    /// <summary>When it came to it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of one that waits again: until when.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Null when nothing was tried.</summary>
    public AttemptMade? Attempt { get; init; }

    /// <summary>Whether the attempt does not count: it was not this notification's fault, or nothing was tried.</summary>
    public bool UsesNoAttempt { get; init; }

    /// <summary>How many recipients count against the provider's limits; 0 when nothing reached it or nothing limits the mailbox.</summary>
    public int PacedRecipients { get; init; }

    /// <summary>The state that follows, unless someone cancels it meanwhile.</summary>
    public NotificationState State => NotificationTransitions.Next(NotificationState.Claimed, Event) ?? NotificationState.Claimed;
}

/// <param name="Words">The server's response, without secrets.</param>
internal sealed record AttemptMade(DateTimeOffset StartedAt, Route Route, AttemptOutcome Outcome, FindingCode? Code, string? Words);
