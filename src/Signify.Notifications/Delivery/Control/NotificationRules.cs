using Signify.Notifications.Findings;

namespace Signify.Notifications.Delivery.Control;

/// <summary>What can be done with a notification in which state, and why not.</summary>
internal static class NotificationRules
{
    /// <summary>"in doubt".</summary>
    public static string InWords(NotificationState state) => state.ToCode().Replace('-', ' ');

    /// <summary>The end of a sentence: "was sent".</summary>
    public static string Is(NotificationState state) => state switch
    {
        NotificationState.Sent => "was sent",
        NotificationState.Failed => "failed",
        NotificationState.InDoubt => "is in doubt, it may have gone",
        NotificationState.Expired => "expired before it could be sent",
        NotificationState.Cancelled => "was cancelled",
        NotificationState.Claimed => "is being sent",
        NotificationState.Canceling => "is being canceled",
        _ => "has yet to be sent",
    };

    /// <returns>Null when it can be sent again.</returns>
    public static ControlResult? RefuseResend(Notification row, Mailing mailing)
    {
        if (row.State < NotificationState.Sent)
        {
            return new ControlResult.NotPossible($"It cannot be sent again: it {Is(row.State)}.");
        }

        if (ResendsAsCopy(row, mailing))
        {
            return null;
        }

        return mailing.State switch
        {
            MailingState.Paused => new ControlResult.NotPossible("Its mailing is paused. Resume the mailing first."),
            // A copy has another Message-ID: whoever got the first would get two.
            MailingState.Cancelled => new ControlResult.NotPossible("It may have gone, and its mailing is cancelled. Say that it arrived, or hand in a new notification."),
            _ => null,
        };
    }

    /// <summary>A sent one's Message-ID is taken, and a cancelled mailing sends nothing any more.</summary>
    public static bool ResendsAsCopy(Notification row, Mailing mailing) =>
        row.State == NotificationState.Sent || (mailing.State == MailingState.Cancelled && row.State != NotificationState.InDoubt);
}
