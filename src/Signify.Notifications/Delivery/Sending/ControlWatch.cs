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

    /// <summary>Held, taken over, or the settings changed: nothing more is begun.</summary>
    public bool Stopped { get; private set; }

    public int InHandCount => _inHand.Count;

    public void Add(long id) => _inHand[id] = true;

    public void Remove(long id) => _inHand.TryRemove(id, out _);

    public void Stop() => Stopped = true;

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
        var state = await states.ReadAsync(mailboxId, ct);
        if (state.Epoch != first.Epoch || state.Hold != Hold.None || state.ActiveRevision != revisionId)
        {
            Stopped = true;
        }
        else if (state.ControlVersion != _version)
        {
            _calledBack = await outbox.CalledBackAsync([.. _inHand.Keys], ct);
            _version = state.ControlVersion;
        }

        Volatile.Write(ref _lookedAt, now);
    }
}
