using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Signify.Notifications.Persistence;

/// <summary>Asks the database once a second whether it is there, apart from everything that waits for it.</summary>
public sealed class DatabaseReach(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private long _answeredAt = time.GetTimestamp();

    /// <summary>How long it has not answered.</summary>
    public TimeSpan Silent => time.GetElapsedTime(Volatile.Read(ref _answeredAt));

    /// <summary>Whether it answered of late: within three questions.</summary>
    public bool Answers => Silent < Every + Limit;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            if (await AskAsync(stoppingToken))
            {
                Volatile.Write(ref _answeredAt, time.GetTimestamp());
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
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
