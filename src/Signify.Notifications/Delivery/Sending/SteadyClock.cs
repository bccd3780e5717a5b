namespace Signify.Notifications.Delivery.Sending;

/// <summary>The time at start plus what has passed since: a wall clock that is set back or forward does not disturb the pace.</summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _stamp = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_stamp);
}
