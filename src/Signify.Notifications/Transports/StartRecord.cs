namespace Signify.Notifications.Transports;

/// <summary>The record that a message is about to be sent. Written once, however often it is asked for; for one caller at a time.</summary>
public sealed class StartRecord(Func<Task<bool>> write)
{
    private Task<bool>? _written;

    /// <summary>It is known whether the message may be sent.</summary>
    public bool IsWritten => _written is { IsCompleted: true };

    /// <returns>False when the message must not be sent.</returns>
    public Task<bool> WriteAsync() => _written ??= write();
}
