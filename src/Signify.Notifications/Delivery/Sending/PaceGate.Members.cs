namespace Signify.Notifications.Delivery.Sending;

/// <content>The rulesets that send from the same mailbox.</content>
internal sealed partial class PaceGate
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    private readonly PaceTurns _turns = new();
    private readonly PaceConnections _connections = new();
    private readonly Dictionary<int, Func<Task>> _closeIdle = [];
    private readonly HashSet<ControlWatch> _runs = [];
    private int _waiting;

    /// <param name="sent">See <see cref="Pace.Restrict"/>.</param>
    /// <param name="closeIdle">Closes its connections unless they are in use.</param>
    public void Join(int mailboxId, PaceLimits limits, IEnumerable<(DateTimeOffset At, int Recipients)> sent, Func<Task> closeIdle)
    {
        lock (_lock)
        {
            pace.Restrict(limits, sent);
            Limits = Limits.And(limits);
            _connections.Add(mailboxId);
            _closeIdle[mailboxId] = closeIdle;
        }
    }

    /// <param name="closeIdle">As it joined: a later sender of the same ruleset stays.</param>
    public void Leave(int mailboxId, Func<Task> closeIdle)
    {
        lock (_lock)
        {
            if (_closeIdle.GetValueOrDefault(mailboxId) == closeIdle)
            {
                _connections.Remove(mailboxId);
                _turns.Forget(mailboxId);
                _closeIdle.Remove(mailboxId);
            }
        }
    }

    /// <summary>Before a run: whether a connection is left for it. Others give up those that are idle.</summary>
    public async Task<bool> TryEnterAsync(int mailboxId)
    {
        if (TryEnter(mailboxId))
        {
            return true;
        }

        foreach (var closeIdle in Others(mailboxId))
        {
            await closeIdle();
        }

        return TryEnter(mailboxId);
    }

    /// <summary>After a run: whether its connections are another one's turn.</summary>
    public bool Crowded => Ask(p => _connections.Crowded(p.ConnectionsAt(_clock.Now)));

    public void Closed(int mailboxId)
    {
        lock (_lock)
        {
            _connections.Closed(mailboxId);
        }
    }

    /// <summary>A run that has to stop when the provider makes another one wait.</summary>
    public void Add(ControlWatch run)
    {
        lock (_lock)
        {
            _runs.Add(run);
        }
    }

    public void Remove(ControlWatch run)
    {
        lock (_lock)
        {
            _runs.Remove(run);
        }
    }

    /// <summary>No ruleset begins a message until the result is disposed: the provider may have asked for a wait.</summary>
    public IDisposable Pause()
    {
        Ask(_ => _waiting++);
        return new Paused(this);
    }

    /// <summary>The provider makes the mailbox wait: no ruleset begins a message until that is stored, and each reads it then.</summary>
    public async Task WaitAsync(Func<Task> store)
    {
        using var paused = Pause();
        try
        {
            await store();
        }
        finally
        {
            lock (_lock)
            {
                foreach (var run in _runs)
                {
                    run.Stop();
                }
            }
        }
    }

    private bool TryEnter(int mailboxId) => Ask(p => _connections.TryEnter(mailboxId, p.ConnectionsAt(_clock.Now), _clock.Now));

    private Func<Task>[] Others(int mailboxId) =>
        Ask(_ => _connections.Others(mailboxId).Select(id => _closeIdle.GetValueOrDefault(id)).OfType<Func<Task>>().ToArray());

    private sealed class Paused(PaceGate gate) : IDisposable
    {
        public void Dispose() => gate.Ask(_ => gate._waiting--);
    }
}
