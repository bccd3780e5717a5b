namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Which of the rulesets that share one mailbox may have how many connections, so that together they have no more than the provider
/// allows. Each has its part; where there are more rulesets than connections, they take turns run by run. Not thread-safe.
/// </summary>
internal sealed class PaceConnections
{
    private readonly Dictionary<int, int> _held = [];
    private readonly PaceTurns _turns = new();

    public void Add(int mailboxId) => _held.TryAdd(mailboxId, 0);

    public void Remove(int mailboxId)
    {
        _held.Remove(mailboxId);
        _turns.Forget(mailboxId);
    }

    public IEnumerable<int> Others(int mailboxId) => _held.Keys.Where(id => id != mailboxId);

    /// <summary>At least one for the run that begins.</summary>
    public bool TryEnter(int mailboxId, int most, DateTimeOffset now)
    {
        if (_held.GetValueOrDefault(mailboxId) > 0)
        {
            return true;
        }

        if (_held.Values.Sum() >= most || !_turns.Is(mailboxId, now))
        {
            _turns.Waits(mailboxId, now);
            return false;
        }

        _turns.Took(mailboxId);
        _held[mailboxId] = 1;
        return true;
    }

    /// <summary>How many it may have: its part of what is allowed, and no more than the others leave. At least one.</summary>
    public int Allow(int mailboxId, int useful, int most)
    {
        var part = Math.Max(1, most / Math.Max(1, _held.Count));
        var left = most - (_held.Values.Sum() - _held.GetValueOrDefault(mailboxId));
        return _held[mailboxId] = Math.Clamp(useful, 1, Math.Max(1, Math.Min(part, left)));
    }

    /// <summary>Whether there are more rulesets than connections, so that none is kept after a run.</summary>
    public bool Crowded(int most) => _held.Count > most;

    public void Closed(int mailboxId)
    {
        if (_held.ContainsKey(mailboxId))
        {
            _held[mailboxId] = 0;
        }
    }
}
