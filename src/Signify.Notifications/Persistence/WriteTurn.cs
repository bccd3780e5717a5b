namespace Signify.Notifications.Persistence;

/// <summary>
/// Whose turn it is to write. SQLite has one writer at a time and makes the others sleep and poll, which costs far more than the
/// write; the busy writers of this process line up here instead. Hold it for one transaction, never while talking to a server.
/// </summary>
public sealed class WriteTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <returns>Dispose it to let the next one write.</returns>
    public async ValueTask<IDisposable> TakeAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
