using Signify.Notifications.Delivery.Reading;

namespace Signify.Notifications.Web.Pages;

/// <summary>A mailing's state as the screens say it, and what its row offers.</summary>
public static class MailingWords
{
    public static StateWords Badge(this MailingRow row) => row switch
    {
        { Status: MailingStatus.Scheduled } => new("Scheduled", "neutral", "clock"),
        { Status: MailingStatus.Sending } => new("Sending", "neutral", "run"),
        { Status: MailingStatus.WaitingForSetup } => new("Waiting for setup", "warn", "clock"),
        { Status: MailingStatus.Paused } => new("Paused", "warn", "pause"),
        { Status: MailingStatus.Held } => new("Held", "warn", "pause"),
        { Status: MailingStatus.Cancelling } => new("Being cancelled", "neutral", "cross"),
        { Status: MailingStatus.Cancelled } => new("Cancelled", "neutral", "cross"),
        { Status: MailingStatus.Sent } => new("All sent", "good", "check"),
        { Counts.InDoubt: > 0 and var doubt } => new($"{doubt:N0} in doubt", "warn", "doubt"),
        { Counts.Failed: > 0 and var failed } => new($"{failed:N0} failed", "bad", "bad"),
        { Counts.Expired: > 0 and var expired } => new($"{expired:N0} expired", "warn", "clock"),
        _ => new("Finished", "neutral", "check"),
    };

    /// <summary>Whether its bar is shown: something of it is still to go.</summary>
    public static bool Moves(this MailingRow row) => row.Counts.Waiting > 0 && row.Status != MailingStatus.Cancelled;

    public static bool MayPause(this MailingRow row) => row.Status is MailingStatus.Scheduled or MailingStatus.Sending or MailingStatus.WaitingForSetup or MailingStatus.Held && row.Counts.Waiting > 0;

    public static bool MayResume(this MailingRow row) => row.Status == MailingStatus.Paused;

    public static bool MayCancel(this MailingRow row) => row.Counts.Waiting > 0 && row.Status is not (MailingStatus.Cancelling or MailingStatus.Cancelled);

    public static bool MayRetry(this MailingRow row) => row.Counts.Failed > 0 && row.Status is not (MailingStatus.Cancelling or MailingStatus.Cancelled);
}
