using System.Collections.Concurrent;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// How long the waits that this process recorded have lasted, by a monotonic clock. The database holds wall-clock times,
/// and a wall clock that is set back would lengthen every wait by as much.
/// </summary>
internal sealed class WaitClock(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, Wait> _waits = new();

    public void Began(int mailboxId, DateTimeOffset until, TimeSpan length) => _waits[mailboxId] = new(until, length, time.GetTimestamp());

    /// <returns>What is left of it, zero when it is over; null when this process did not record that wait.</returns>
    public TimeSpan? Left(int mailboxId, DateTimeOffset? until)
    {
        if (!_waits.TryGetValue(mailboxId, out var wait))
        {
            return null;
        }

        if (wait.Until == until)
        {
            return LeftOf(wait);
        }

        // Ended or replaced by someone else.
        _waits.TryRemove(KeyValuePair.Create(mailboxId, wait));
        return null;
    }

    /// <summary>The mailboxes whose wait is over while the wall clock says that it is not.</summary>
    public IReadOnlyList<int> OverEarly()
    {
        var now = time.GetUtcNow();
        foreach (var (mailbox, wait) in _waits.Where(w => w.Value.Until <= now))
        {
            _waits.TryRemove(KeyValuePair.Create(mailbox, wait));
        }

        return [.. _waits.Where(w => LeftOf(w.Value) == TimeSpan.Zero).Select(w => w.Key)];
    }

    private TimeSpan LeftOf(Wait wait) => wait.Length - time.GetElapsedTime(wait.Began) is var left && left > TimeSpan.Zero
        ? left
        : TimeSpan.Zero;

    private sealed record Wait(DateTimeOffset Until, TimeSpan Length, long Began);
}
