namespace Signify.Notifications.Tests.Hosting;

/// <summary>A clock on the wall that somebody sets, while time itself goes on steadily.</summary>
internal sealed class SteppedTime(TimeProvider steady) : TimeProvider
{
    /// <summary>How far the clock is from the steady one.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + Offset;

    public override long GetTimestamp() => steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => steady.CreateTimer(callback, state, dueTime, period);
}
