using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>From what a transport says became of a message to what is recorded of its notification. The one place that decides it.</summary>
/// <param name="random">Spreads retries.</param>
internal sealed class Verdict(Route route, Random random)
{
    private static readonly TimeSpan DoubtPause = TimeSpan.FromMinutes(1);

    /// <param name="n">As claimed: the attempt that was made is not yet in its <see cref="InHand.Attempts"/>.</param>
    public Ending Of(SendOutcome outcome, InHand n, OnDoubt onDoubt, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var made = n.Attempts + 1;
        (NotificationEvent Event, AttemptOutcome Attempt, Finding? Reason, string? Words, TimeSpan? Pause) verdict = outcome switch
        {
            SendOutcome.Accepted a => (NotificationEvent.Sent, AttemptOutcome.Sent, null, a.Receipt, null),
            SendOutcome.Rejected r => (NotificationEvent.Failed, AttemptOutcome.Failed, r.Reason, r.Words, null),
            SendOutcome.RetryLater r when RetrySchedule.After(made, r.After, random) is { } after =>
                (NotificationEvent.Defer, AttemptOutcome.Deferred, r.Reason, r.Words, after),
            SendOutcome.RetryLater r => (NotificationEvent.Failed, AttemptOutcome.Failed, r.Reason, r.Words, null),
            SendOutcome.InDoubt d when onDoubt == OnDoubt.Resend && made < RetrySchedule.MostAttempts =>
                (NotificationEvent.RetryUnconfirmed, AttemptOutcome.InDoubt, d.Reason, d.Words, DoubtPause),
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

    /// <summary>Nothing was tried: it came too late, or there is nothing to send.</summary>
    public Ending Untried(InHand n, NotificationEvent on, Finding? reason, DateTimeOffset now) => new()
    {
        Of = n,
        Event = on,
        At = now,
        UsesNoAttempt = true,
        Attempt = reason is null ? null : new AttemptMade(now, route, AttemptOutcome.Failed, reason.Code, reason.Message),
    };

    private static string? Words(Finding? reason, string? words) => words is { Length: > 2000 } ? words[..2000] : words ?? reason?.Message;
}
