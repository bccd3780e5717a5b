namespace Signify.Notifications.Tests.Hosting;

/// <summary>Real time that a test can move forward by hours; timers run at their real pace.</summary>
internal sealed class JumpTime : TimeProvider
{
    private long _jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _jumped));

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Volatile.Read(ref _jumped);
}
