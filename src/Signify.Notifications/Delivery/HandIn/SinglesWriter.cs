using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Group commit: the single notifications that wait while one transaction reaches the disk share the next. One flush to disk
/// takes as long for two hundred as for one.
/// </summary>
internal sealed class SinglesWriter(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turns, SingleRows rows)
{
    private const int MostTogether = 200;
    private const long MostBytesTogether = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<SingleHandIn> _waiting = new();
    private bool _writing;

    /// <summary>Ends when it is on disk. Cancelled, it is not written unless its transaction has begun.</summary>
    public Task<HandInOutcome> WriteAsync(SingleHandIn single)
    {
        lock (_gate)
        {
            _waiting.Enqueue(single);
            if (!_writing)
            {
                _writing = true;
                _ = Task.Run(WriteAllAsync);
            }
        }

        return single.Written;
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<SingleHandIn> together = [];
            try
            {
                // Whoever arrives while others have their turn joins this group.
                using var turn = await turns.TakeAsync(CancellationToken.None);
                together = Take();
                if (together.Count == 0 && Rest())
                {
                    return;
                }

                await NotStoredException.UnlessAsync(() => StoreAsync(together));
            }
            catch (Exception ex)
            {
                // Nobody else sees it: each caller gets it as the outcome of its own call.
                together = together.Count > 0 ? together : Take();
                together.ForEach(single => single.Fail(ex));
                if (Rest())
                {
                    return;
                }

                continue;
            }

            together.ForEach(single => single.Complete());
        }
    }

    private async Task StoreAsync(List<SingleHandIn> together)
    {
        if (together.Count == 0)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.BeginForMailboxesAsync(together.Select(s => s.MailboxId), CancellationToken.None);
        await rows.AddAsync(db, together, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private List<SingleHandIn> Take()
    {
        var together = new List<SingleHandIn>();
        var bytes = 0L;
        lock (_gate)
        {
            while (together.Count < MostTogether && bytes < MostBytesTogether && _waiting.TryDequeue(out var single))
            {
                if (single.Caller.IsCancellationRequested)
                {
                    single.Cancel();
                    continue;
                }

                together.Add(single);
                bytes += single.Bytes;
            }
        }

        return together;
    }

    /// <returns>False when somebody came after all.</returns>
    private bool Rest()
    {
        lock (_gate)
        {
            return !(_writing = _waiting.Count > 0);
        }
    }
}
