using System.Collections.Concurrent;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Whether the sender may go on with what it has in hand: looked up again before each message when the last look is older than a
/// tenth of a second, so that a hold, a pause or a cancel is obeyed just before DATA and before the dot, from whichever process it comes.
/// </summary>
internal sealed class ControlWatch(Outbox outbox, MailboxStates states, MailboxState first, int mailboxId, Guid revisionId, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly ConcurrentDictionary<long, bool> _inHand = new();
    private IReadOnlySet<long> _calledBack = new HashSet<long>();
    private long _version = first.ControlVersion;
    private long _lookedAt = time.GetTimestamp();
    private int _claiming;
    private int _urgentClaims;
    private volatile bool _stopped;
    private volatile bool _urgentWaits;

    /// <summary>Held, taken over, or the settings changed: nothing more is begun.</summary>
    public bool Stopped => _stopped;

    /// <summary>At the last query an urgent message was queued that has not been claimed since.</summary>
    public bool UrgentWaits => _urgentWaits;

    public int InHandCount => _inHand.Count;

    /// <summary>
    /// Runs a claim and watches what it returns. A pause that commits after the claim and is seen before the claimed IDs are known
    /// here would be missed: while a claim runs, the control version is not taken as seen.
    /// </summary>
    public async Task<IReadOnlyList<InHand>> ClaimAsync(Func<Task<IReadOnlyList<InHand>>> claim)
    {
        Interlocked.Increment(ref _claiming);
        try
        {
            var claimed = await claim();
            foreach (var n in claimed)
            {
                _inHand[n.Id] = true;
            }

            return claimed;
        }
        finally
        {
            Interlocked.Decrement(ref _claiming);
        }
    }

    public void Remove(long id) => _inHand.TryRemove(id, out _);

    public void Stop() => _stopped = true;

    /// <summary>None is left to claim, as far as is known.</summary>
    public void UrgentsClaimed()
    {
        Interlocked.Increment(ref _urgentClaims);
        _urgentWaits = false;
    }

    public bool Wants(long id) => !Stopped && !_calledBack.Contains(id);

    public async ValueTask LookAsync(CancellationToken ct)
    {
        if (Stopped || time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Fresh)
        {
            return;
        }

        await _looking.WaitAsync(ct);
        try
        {
            if (time.GetElapsedTime(_lookedAt) >= Fresh)
            {
                await LookAgainAsync(ct);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private async Task LookAgainAsync(CancellationToken ct)
    {
        var now = time.GetTimestamp();
        var urgentClaims = Volatile.Read(ref _urgentClaims);
        var state = await states.ReadAsync(mailboxId, ct);
        if (state.Epoch != first.Epoch || state.Hold != Hold.None || state.ActiveRevision != revisionId)
        {
            Stop();
        }
        else if (state.ControlVersion != _version)
        {
            // Read before the IDs: a claim that ends in between is among them.
            var complete = Volatile.Read(ref _claiming) == 0;
            _calledBack = await outbox.CalledBackAsync([.. _inHand.Keys], ct);
            _version = complete ? state.ControlVersion : _version;
        }

        // What was read before a claim ended may be what that claim took.
        _urgentWaits = state.UrgentWaits && urgentClaims == Volatile.Read(ref _urgentClaims);
        Volatile.Write(ref _lookedAt, now);
    }
}
