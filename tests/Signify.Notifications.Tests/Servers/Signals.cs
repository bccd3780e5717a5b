using System.Collections.Concurrent;

namespace Signify.Notifications.Tests.Servers;

/// <summary>Lets a test wait until something has happened, instead of for a time.</summary>
public sealed class Signals<T>
    where T : notnull
{
    private readonly ConcurrentDictionary<T, TaskCompletionSource> _reached = new();

    public void Raise(T moment) => Of(moment).TrySetResult();

    public Task Reached(T moment) => Of(moment).Task;

    private TaskCompletionSource Of(T moment) =>
        _reached.GetOrAdd(moment, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
