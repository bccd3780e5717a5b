using System.Collections.Concurrent;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Urgent messages that go before everything else a sender has claimed. They are claimed when the query that
/// <see cref="ControlWatch"/> makes every 100 ms anyway reports one, from whichever process it was submitted.
/// </summary>
internal sealed class UrgentQueue(BatchRun run, int batchSize, PaceGate pace, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(2);

    // Urgent rows that cannot be claimed (their mailing is paused) must not cost a claim before each message.
    private static readonly TimeSpan AfterEmptyClaim = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<InHand> _claimed = new();
    private readonly SemaphoreSlim _claiming = new(1, 1);
    private long? _emptyAt;

    public void Add(InHand claimed) => _claimed.Enqueue(claimed);

    public InHand? TryTake() => _claimed.TryDequeue(out var claimed) ? claimed : null;

    /// <returns>The next urgent message, claimed if need be; null when there is none.</returns>
    public async ValueTask<InHand?> TakeAsync(CancellationToken ct)
    {
        if (TryTake() is { } ready)
        {
            return ready;
        }

        if (!IsWorthAClaim)
        {
            return null;
        }

        await _claiming.WaitAsync(ct);
        try
        {
            if (_claimed.IsEmpty && IsWorthAClaim)
            {
                await ClaimAsync(ct);
            }
        }
        finally
        {
            _claiming.Release();
        }

        return TryTake();
    }

    public void Dispose() => _claiming.Dispose();

    private bool IsWorthAClaim =>
        run.Control is { Stopped: false, UrgentWaits: true } && !(_emptyAt is { } at && time.GetElapsedTime(at) < AfterEmptyClaim);

    private async Task ClaimAsync(CancellationToken ct)
    {
        var most = pace.Limits.Unlimited ? batchSize : Math.Max(1, pace.PermitsWithin(Horizon, batchSize));
        var batch = await run.ClaimAsync(most, Priority.Urgent, ct);
        foreach (var n in batch)
        {
            _claimed.Enqueue(n);
        }

        if (batch.Count < most)
        {
            run.Control.UrgentsClaimed();
        }

        _emptyAt = batch.Count == 0 ? time.GetTimestamp() : null;
    }
}
