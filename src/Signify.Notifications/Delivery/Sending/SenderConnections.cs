namespace Signify.Notifications.Delivery.Sending;

/// <summary>A sender's connections, within its part of those that the provider allows the mailbox.</summary>
internal sealed class SenderConnections(SenderParts parts, SenderSetup setup, PaceGate pace) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly List<SenderConnection> _connections = [];
    private readonly RefusalStreak _streak = new();
    private readonly SemaphoreSlim _inUse = new(1, 1);

    public SenderConnection this[int index]
    {
        get
        {
            while (_connections.Count <= index)
            {
                _connections.Add(new SenderConnection(parts, setup, pace, _streak));
            }

            return _connections[index];
        }
    }

    /// <summary>Begins a run, with fewer connections than before when the provider throttled or another ruleset needs one.</summary>
    /// <returns>False while others have them all, after a moment.</returns>
    public async Task<bool> TryEnterAsync(CancellationToken ct)
    {
        await _inUse.WaitAsync(CancellationToken.None);
        var entered = false;
        try
        {
            if (await pace.TryEnterAsync(setup.MailboxId))
            {
                await TrimAsync(pace.ConnectionsFor(setup.MailboxId, int.MaxValue / 2));
                entered = true;
            }
        }
        finally
        {
            if (!entered)
            {
                _inUse.Release();
            }
        }

        if (!entered)
        {
            await Task.Delay(BetweenTries, parts.Time, ct);
        }

        return entered;
    }

    /// <summary>Ends a run.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            if (pace.Crowded)
            {
                await CloseAsync();
            }
        }
        finally
        {
            _inUse.Release();
        }
    }

    public async Task CloseIdleAsync()
    {
        if (!await _inUse.WaitAsync(TimeSpan.Zero))
        {
            return;
        }

        try
        {
            await CloseAsync();
        }
        finally
        {
            _inUse.Release();
        }
    }

    /// <summary>Hangs up, politely.</summary>
    public async ValueTask DisposeAsync()
    {
        await _inUse.WaitAsync(CancellationToken.None);
        await CloseAsync();
        _inUse.Release();
    }

    private async Task CloseAsync()
    {
        await Task.WhenAll(_connections.Select(c => c.DisposeAsync().AsTask()));
        _connections.Clear();
        pace.Closed(setup.MailboxId);
    }

    private async Task TrimAsync(int most)
    {
        while (_connections.Count > most)
        {
            await _connections[^1].DisposeAsync();
            _connections.RemoveAt(_connections.Count - 1);
        }
    }
}
