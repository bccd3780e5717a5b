using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Delivery.Model;

/// <summary>
/// The one table of a notification's life: which state follows on which event, and what else changes. SQL and code are built from it
/// (<see cref="TransitionSql"/>); nothing else changes a state. See docs/decisions/0027.
/// </summary>
internal static class NotificationTransitions
{
    public static IReadOnlyDictionary<NotificationEvent, EventRule> Rules { get; } = new Dictionary<NotificationEvent, EventRule>
    {
        [NotificationEvent.Promote] = new(EventActor.Owner),
        [NotificationEvent.Claim] = new(EventActor.Owner),
        [NotificationEvent.Release] = new(EventActor.Owner),
        [NotificationEvent.Sent] = new(EventActor.Owner, AttemptEffect.Count),
        [NotificationEvent.Failed] = new(EventActor.Owner, AttemptEffect.Count),
        [NotificationEvent.Defer] = new(EventActor.Owner, AttemptEffect.Count, DueEffect.Given),
        [NotificationEvent.RetryUnconfirmed] = new(EventActor.Owner, AttemptEffect.Count, DueEffect.Given),
        [NotificationEvent.LeaveUnconfirmed] = new(EventActor.Owner, AttemptEffect.Count),
        [NotificationEvent.Expire] = new(EventActor.Program),
        [NotificationEvent.Cancel] = new(EventActor.Administrator),
        [NotificationEvent.Pause] = new(EventActor.Program),
        [NotificationEvent.ResumeDue] = new(EventActor.Program),
        [NotificationEvent.ResumeScheduled] = new(EventActor.Program),
        [NotificationEvent.RetryFailed] = new(EventActor.Administrator, AttemptEffect.Reset, DueEffect.Now, ClearsPastExpiry: true),
        [NotificationEvent.RetryFailedPaused] = new(EventActor.Administrator, AttemptEffect.Reset, DueEffect.Now, ClearsPastExpiry: true),
        [NotificationEvent.Resend] = new(EventActor.Administrator, AttemptEffect.Reset, DueEffect.Now, ClearsPastExpiry: true),
        [NotificationEvent.ConfirmDelivered] = new(EventActor.Administrator),
    };

    public static IReadOnlyList<Transition> All { get; } =
    [
        new(NotificationEvent.Promote, Scheduled, Queued),
        new(NotificationEvent.Claim, Queued, Claimed),

        // A cancel reaches a claimed row by its state: no way back to the queue can forget it.
        new(NotificationEvent.Release, Claimed, Queued),
        new(NotificationEvent.Release, Canceling, Cancelled),
        new(NotificationEvent.Release, InDoubt, Queued, Late: true),

        new(NotificationEvent.Sent, Claimed, Sent),
        new(NotificationEvent.Sent, Canceling, Sent),
        // A message that was sent is not sent again, whichever state another owner gave the row.
        new(NotificationEvent.Sent, InDoubt, Sent, Late: true),
        new(NotificationEvent.Sent, Queued, Sent, Late: true),
        new(NotificationEvent.Sent, Scheduled, Sent, Late: true),
        new(NotificationEvent.Sent, Paused, Sent, Late: true),
        new(NotificationEvent.Sent, Claimed, Sent, Late: true),
        new(NotificationEvent.Sent, Canceling, Sent, Late: true),

        new(NotificationEvent.Failed, Claimed, Failed),
        new(NotificationEvent.Failed, Canceling, Failed),
        new(NotificationEvent.Failed, InDoubt, Failed, Late: true),

        new(NotificationEvent.Defer, Claimed, Scheduled),
        new(NotificationEvent.Defer, Canceling, Cancelled),
        new(NotificationEvent.Defer, InDoubt, Scheduled, Late: true),

        // A canceled message is not sent again; it may have been delivered.
        new(NotificationEvent.RetryUnconfirmed, Claimed, Scheduled),
        new(NotificationEvent.RetryUnconfirmed, Canceling, InDoubt),
        new(NotificationEvent.LeaveUnconfirmed, Claimed, InDoubt),
        new(NotificationEvent.LeaveUnconfirmed, Canceling, InDoubt),

        new(NotificationEvent.Expire, Queued, Expired),
        new(NotificationEvent.Expire, Scheduled, Expired),
        new(NotificationEvent.Expire, Paused, Expired),
        new(NotificationEvent.Expire, Claimed, Expired),
        new(NotificationEvent.Expire, Canceling, Cancelled),

        new(NotificationEvent.Cancel, Queued, Cancelled),
        new(NotificationEvent.Cancel, Scheduled, Cancelled),
        new(NotificationEvent.Cancel, Paused, Cancelled),
        new(NotificationEvent.Cancel, Claimed, Canceling),

        new(NotificationEvent.Pause, Queued, Paused),
        new(NotificationEvent.Pause, Scheduled, Paused),
        new(NotificationEvent.ResumeDue, Paused, Queued),
        new(NotificationEvent.ResumeScheduled, Paused, Scheduled),

        new(NotificationEvent.RetryFailed, Failed, Queued),
        new(NotificationEvent.RetryFailedPaused, Failed, Paused),
        new(NotificationEvent.Resend, Failed, Queued),
        new(NotificationEvent.Resend, InDoubt, Queued),
        new(NotificationEvent.Resend, Cancelled, Queued),
        new(NotificationEvent.Resend, Expired, Queued),
        new(NotificationEvent.ConfirmDelivered, InDoubt, Sent),
    ];

    private static readonly int StateCount = Enum.GetValues<NotificationState>().Length;

    private static readonly NotificationState?[] NextStates = ByEventAndState();

    /// <returns>Null when the event changes nothing in that state.</returns>
    public static NotificationState? Next(NotificationState from, NotificationEvent on) => NextStates[((int)on * StateCount) + (int)from];

    public static IReadOnlyList<Transition> Of(NotificationEvent on, bool late = false) =>
        [.. All.Where(t => t.On == on && t.Late == late)];

    // Asked for each message: no search, and nothing allocated.
    private static NotificationState?[] ByEventAndState()
    {
        var next = new NotificationState?[Enum.GetValues<NotificationEvent>().Length * StateCount];
        foreach (var t in All.Where(t => !t.Late))
        {
            next[((int)t.On * StateCount) + (int)t.From] = t.To;
        }

        return next;
    }

    /// <summary>Has come to its end, and is counted by its mailing.</summary>
    public static bool IsOutcome(NotificationState state) => state >= Sent;
}
