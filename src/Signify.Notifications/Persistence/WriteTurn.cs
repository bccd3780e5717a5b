namespace Signify.Notifications.Persistence;

/// <summary>
/// Whose turn it is to write. SQLite has one writer at a time and makes the others sleep and poll, which costs far more than the
/// write; the busy writers of this process line up here instead. Hold it for one transaction, never while talking to a server.
/// PostgreSQL has many writers: there nobody waits here, and a transaction locks the row it is about (<see cref="RowLocks"/>).
/// </summary>
public sealed class WriteTurn : IDisposable
{
    private readonly SemaphoreSlim? _turn;

    private WriteTurn(SemaphoreSlim? turn) => _turn = turn;

    public static WriteTurn OneAtATime() => new(new SemaphoreSlim(1, 1));

    public static WriteTurn AllAtOnce() => new(null);

    /// <returns>Dispose it to let the next one write.</returns>
    public async ValueTask<IDisposable> TakeAsync(CancellationToken ct)
    {
        if (_turn is null)
        {
            ct.ThrowIfCancellationRequested();
            return Turn.Free;
        }

        await _turn.WaitAsync(ct);
        return new Turn(_turn);
    }

    public void Dispose() => _turn?.Dispose();

    private sealed class Turn(SemaphoreSlim? turn) : IDisposable
    {
        public static readonly Turn Free = new(null);

        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
