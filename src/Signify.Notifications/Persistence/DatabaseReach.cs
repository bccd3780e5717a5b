using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Signify.Notifications.Persistence;

/// <summary>Asks the database once a second whether it is there, apart from everything that waits for it.</summary>
public sealed class DatabaseReach(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time, ILogger<DatabaseReach> logger)
    : ResilientService(time, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = time;
    private long _answeredAt = time.GetTimestamp();

    /// <summary>How long it has not answered.</summary>
    public TimeSpan Silent => _time.GetElapsedTime(Volatile.Read(ref _answeredAt));

    /// <summary>Whether it answered of late: within three questions.</summary>
    public bool Answers => Silent < Every + Limit;

    protected override TimeSpan RetryAfter => Every;

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [RunAsync];

    private async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, _time);
        do
        {
            if (await AskAsync(ct))
            {
                Volatile.Write(ref _answeredAt, _time.GetTimestamp());
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task<bool> AskAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            // A connection that a dead network has swallowed does not even close in time: it is left to itself.
            await Task.Run(() => SelectAsync(limit.Token), limit.Token).WaitAsync(limit.Token);
            return true;
        }
        catch (Exception ex) when (ex is DbException or OperationCanceledException or TimeoutException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }

    private async Task SelectAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlRawAsync("SELECT 1", ct);
    }
}
