namespace Signify.Notifications.Delivery.Grains;

/// <summary>When the engine last answered this process: without it nothing is claimed.</summary>
public sealed class EngineBeat(TimeProvider time)
{
    /// <summary>Ten beats.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private long? _answered;

    /// <summary>False before the first answer.</summary>
    public bool Beats => _answered is { } at && time.GetElapsedTime(at) < Fresh;

    internal void Answered() => _answered = time.GetTimestamp();
}
