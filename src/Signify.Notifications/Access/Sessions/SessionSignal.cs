namespace Signify.Notifications.Access.Sessions;

/// <summary>Wakes what depends on a session in this process when sessions end. A hint: the rows are queried regularly as well.</summary>
public sealed class SessionSignal
{
    private TaskCompletionSource _next = Create();

    /// <summary>Completes at the next end of a session. Read it before the rows, so that no end is missed in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
