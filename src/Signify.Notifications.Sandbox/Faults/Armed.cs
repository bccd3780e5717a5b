namespace Signify.Notifications.Sandbox.Faults;

/// <summary>A fault that waits for its turn. Not thread-safe: its owner locks.</summary>
internal sealed class Armed<T>(T fault, int? times, int percent, Random random)
    where T : class
{
    public T Fault => fault;

    public int? Left { get; private set; } = times;

    public int Percent => percent;

    public int Struck { get; private set; }

    /// <summary>Null when it is spared, or used up.</summary>
    public T? Take()
    {
        if (Left is <= 0 || (percent < 100 && random.Next(100) >= percent))
        {
            return null;
        }

        Left--;
        Struck++;
        return fault;
    }
}
