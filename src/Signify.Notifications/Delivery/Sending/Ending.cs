using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>What became of a notification in hand, to be recorded in one piece: its state, the attempt, the mailing's counts, the pace.</summary>
public sealed record Ending
{
    public required InHand Of { get; init; }

    public required NotificationState State { get; init; }

    /// <summary>When it came to it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of one that waits again: until when.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Null when nothing was tried.</summary>
    public AttemptMade? Attempt { get; init; }

    /// <summary>Whether the attempt is given back: it was not this notification's fault.</summary>
    public bool UsesNoAttempt { get; init; }

    /// <summary>How many recipients count against the provider's limits; 0 when nothing reached it or nothing limits the mailbox.</summary>
    public int PacedRecipients { get; init; }
}

/// <param name="Words">The server's words, without secrets.</param>
public sealed record AttemptMade(DateTimeOffset StartedAt, Route Route, AttemptOutcome Outcome, FindingCode? Code, string? Words);
