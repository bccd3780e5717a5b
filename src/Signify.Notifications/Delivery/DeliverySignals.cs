using System.Collections.Concurrent;

namespace Signify.Notifications.Delivery;

/// <summary>
/// Says within this process that a mailbox's rows changed, to whoever shows them. A hint and no more: many become one, and none
/// comes from other processes. The rows are the truth.
/// </summary>
public sealed class DeliverySignals
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _waiting = new();

    /// <summary>Costs nothing while nobody waits.</summary>
    public void Changed(int mailboxId)
    {
        if (_waiting.TryRemove(mailboxId, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Completes at the next change after this call.</summary>
    internal Task NextAsync(int mailboxId) =>
        _waiting.GetOrAdd(mailboxId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
