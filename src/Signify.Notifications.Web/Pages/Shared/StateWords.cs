using Signify.Notifications.Delivery;

namespace Signify.Notifications.Web.Pages;

/// <summary>A state as the screens say it: a word, a tone and a sign, so that it is never told by colour alone.</summary>
/// <param name="Tone">good, bad, warn or neutral.</param>
/// <param name="Icon">A drawing of _Icons.cshtml.</param>
public sealed record StateWords(string Word, string Tone, string Icon)
{
    public static StateWords Of(NotificationState state) => state switch
    {
        NotificationState.Queued => new("Waiting", "neutral", "clock"),
        NotificationState.Scheduled => new("Scheduled", "neutral", "clock"),
        NotificationState.Paused => new("Paused", "neutral", "pause"),
        NotificationState.Claimed => new("Being sent", "neutral", "run"),
        NotificationState.Canceling => new("Canceling", "neutral", "cross"),
        NotificationState.Sent => new("Sent", "good", "check"),
        NotificationState.Failed => new("Failed", "bad", "bad"),
        NotificationState.InDoubt => new("In doubt", "warn", "doubt"),
        NotificationState.Cancelled => new("Cancelled", "neutral", "cross"),
        NotificationState.Expired => new("Expired", "warn", "clock"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static StateWords Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Sent => new("Sent", "good", "check"),
        AttemptOutcome.Failed => new("Failed", "bad", "bad"),
        AttemptOutcome.Deferred => new("Put off", "warn", "clock"),
        AttemptOutcome.InDoubt => new("In doubt", "warn", "doubt"),
        AttemptOutcome.Stopped => new("Stopped, no attempt used up", "neutral", "pause"),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
