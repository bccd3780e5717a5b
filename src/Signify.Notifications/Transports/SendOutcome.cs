using Signify.Notifications.Findings;

namespace Signify.Notifications.Transports;

/// <summary>What became of one message. A closed set.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <param name="Receipt">The server's words.</param>
    public sealed record Accepted(string Receipt) : SendOutcome;

    /// <summary>Called back before the dot, or another process has it; nothing was sent.</summary>
    public sealed record Withdrawn : SendOutcome;

    /// <summary>This message fails, and others go on: the recipient, the size, the content.</summary>
    public sealed record Rejected(Finding Reason, string? Words) : SendOutcome;

    /// <summary>This message is tried again later, and others go on.</summary>
    /// <param name="After">How long the server asks to wait; null leaves it to the schedule.</param>
    public sealed record RetryLater(Finding Reason, string? Words, TimeSpan? After) : SendOutcome;

    /// <summary>
    /// The message was complete at the server and its answer does not say whether it was taken, or none came: unconfirmed.
    /// </summary>
    /// <param name="After">How long the server asks all to wait (<c>Retry-After</c>); null when it does not say.</param>
    public sealed record InDoubt(Finding Reason, string? Words, TimeSpan? After = null) : SendOutcome;

    /// <summary>Not this message's fault: the mailbox has to wait or stop. Nothing was sent, no attempt is used up.</summary>
    /// <param name="After">How long the server asks to wait (<c>Retry-After</c>); null leaves it to the kind.</param>
    public sealed record Stopped(StopKind Kind, Finding Reason, string? Words, TimeSpan? After) : SendOutcome;
}
