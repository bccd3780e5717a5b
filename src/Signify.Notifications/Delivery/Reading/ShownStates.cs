namespace Signify.Notifications.Delivery.Reading;

/// <summary>
/// A parked row of a mailing that is not paused is shown as what it becomes next: queued or scheduled. <see cref="ActivityWalk.Rows"/>
/// says the same in SQL.
/// </summary>
internal static class ShownStates
{
    public static NotificationState Of(NotificationState state, MailingState mailing, DateTimeOffset dueAt, DateTimeOffset now) =>
        state != NotificationState.Paused || mailing == MailingState.Paused ? state
        : dueAt > now ? NotificationState.Scheduled
        : NotificationState.Queued;
}
