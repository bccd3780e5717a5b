using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>From what a transport says became of a message to what is recorded of its notification. The one place that decides it.</summary>
/// <param name="random">Spreads retries.</param>
internal sealed class Verdict(Route route, Random random)
{
    /// <summary>As often in a row one message may stop its mailbox before it is taken for the cause.</summary>
    private const int MostStops = 3;

    /// <summary>A message that stopped its mailbox twice lets the others go first for so long.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMinutes(1);

    // Each resend may be a second copy: few, and late enough for an outage to have passed.
    private static readonly TimeSpan[] ResendPauses = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    /// <summary>How often an unconfirmed message is sent again at most.</summary>
    public static int MostResends => ResendPauses.Length;

    /// <summary>
    /// A fault that stops the mailbox is the message's own when it meets this message three times in a row while others pass: then
    /// it uses an attempt and is tried again later, like a transient refusal.
    /// </summary>
    /// <param name="othersPassed">Whether the server accepted another message since the mailbox last had to wait.</param>
    public static SendOutcome Attribute(SendOutcome outcome, AttemptHistory history, bool othersPassed) =>
        outcome is SendOutcome.Stopped { Kind: StopKind.Throttled or StopKind.Quota or StopKind.Unreachable } s
            && history.Stopped + 1 >= MostStops && othersPassed
            ? new SendOutcome.RetryLater(s.Reason, s.Words, s.After)
            : outcome;

    /// <param name="n">As claimed: the attempt that was made is not yet in its <see cref="InHand.Attempts"/>.</param>
    public Ending Of(SendOutcome outcome, InHand n, OnDoubt onDoubt, AttemptHistory history, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var made = n.Attempts + 1;
        (NotificationEvent Event, AttemptOutcome Attempt, Finding? Reason, string? Words, TimeSpan? Pause) verdict = outcome switch
        {
            SendOutcome.Accepted a => (NotificationEvent.Sent, AttemptOutcome.Sent, null, a.Receipt, null),
            SendOutcome.Rejected r => (NotificationEvent.Failed, AttemptOutcome.Failed, r.Reason, r.Words, null),
            SendOutcome.RetryLater r when RetrySchedule.After(made, r.After, random) is { } after =>
                (NotificationEvent.Defer, AttemptOutcome.Deferred, r.Reason, r.Words, after),
            SendOutcome.RetryLater r => (NotificationEvent.Failed, AttemptOutcome.Failed, r.Reason, r.Words, null),
            SendOutcome.InDoubt d when onDoubt == OnDoubt.Resend && made < RetrySchedule.MostAttempts
                && history.Unconfirmed < MostResends =>
                (NotificationEvent.RetryUnconfirmed, AttemptOutcome.InDoubt, d.Reason, d.Words,
                    Longer(ResendPauses[history.Unconfirmed], d.After)),
            SendOutcome.InDoubt d => (NotificationEvent.LeaveUnconfirmed, AttemptOutcome.InDoubt, d.Reason, d.Words, null),
            SendOutcome.Stopped s => (NotificationEvent.Release, AttemptOutcome.Stopped, s.Reason, s.Words, null),
            _ => (NotificationEvent.Release, AttemptOutcome.Stopped, null, null, null),
        };
        return new Ending
        {
            Of = n,
            Event = verdict.Event,
            At = now,
            DueAt = verdict.Pause is { } wait ? now + wait : null,
            UsesNoAttempt = verdict.Attempt == AttemptOutcome.Stopped,
            // Called back before DATA: there was no attempt to tell of.
            Attempt = outcome is SendOutcome.Withdrawn ? null : new AttemptMade(
                startedAt, route, verdict.Attempt, verdict.Reason?.Code, Words(verdict.Reason, verdict.Words)),
        };
    }

    /// <summary>From the second time in a row that a message stops its mailbox, others go before it when the wait is over.</summary>
    /// <param name="waitUntil">When the mailbox's wait ends; null when it does not wait.</param>
    public static Ending LetOthersPass(Ending stopped, AttemptHistory history, DateTimeOffset? waitUntil) =>
        history.Stopped > 0 && waitUntil is { } until
            && stopped is { Event: NotificationEvent.Release, Attempt.Outcome: AttemptOutcome.Stopped }
            ? stopped with { Event = NotificationEvent.Defer, DueAt = until + HeadStart }
            : stopped;

    /// <summary>Nothing was tried: it came too late, or there is nothing to send.</summary>
    public Ending Untried(InHand n, NotificationEvent on, Finding? reason, DateTimeOffset now) => new()
    {
        Of = n,
        Event = on,
        At = now,
        UsesNoAttempt = true,
        Attempt = reason is null ? null : new AttemptMade(now, route, AttemptOutcome.Failed, reason.Code, reason.Message),
    };

    /// <summary>
    /// The sending limits have no room for its recipients before <paramref name="dueAt"/>: nothing was tried, no attempt is used.
    /// </summary>
    public Ending SetAside(InHand n, Finding reason, DateTimeOffset dueAt, DateTimeOffset now) => new()
    {
        Of = n,
        Event = NotificationEvent.Defer,
        At = now,
        DueAt = dueAt,
        UsesNoAttempt = true,
        Attempt = new AttemptMade(now, route, AttemptOutcome.Deferred, reason.Code, reason.Message),
    };

    private static TimeSpan Longer(TimeSpan pause, TimeSpan? asked) => asked > pause ? asked.Value : pause;

    private static string? Words(Finding? reason, string? words) => words is { Length: > 2000 } ? words[..2000] : words ?? reason?.Message;
}
