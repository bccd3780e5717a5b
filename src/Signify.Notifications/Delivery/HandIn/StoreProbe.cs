using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Whether a hand-in would reach the disk now. It writes as one does, some pages and a commit, and leaves no row behind. However many
/// ask, it writes once a second at the most, so that nobody can wear a disk out with questions.
/// </summary>
public sealed class StoreProbe(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, TimeProvider time, DataFolder folder)
{
    /// <summary>A database that takes longer is not one to hand anything in to.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1500);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // Of each process its own: two that ask at once do not wait for one another's row.
    private readonly string _key = $"probe {Guid.NewGuid():N}";
    private readonly string _bytes = new('0', 16 * 1024);
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private long? _began;

    /// <exception cref="TimeoutException">It took longer than <see cref="Limit"/>.</exception>
    /// <exception cref="DbException">The database refused.</exception>
    /// <exception cref="DbUpdateException">It refused the row.</exception>
    /// <exception cref="FileNotFoundException">The database's file is gone.</exception>
    public Task AskAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_began is not { } began || (_last.IsCompleted && time.GetElapsedTime(began) > Fresh))
            {
                _began = time.GetTimestamp();
                // SQLite's driver works within the call.
                _last = Task.Run(WriteAsync, CancellationToken.None);
            }

            return _last.WaitAsync(Limit, ct);
        }
    }

    private async Task WriteAsync()
    {
        folder.ThrowIfKeysLost();
        using var bound = new CancellationTokenSource(Limit);
        using var held = await turn.TakeAsync(bound.Token);
        await using var db = await contexts.CreateDbContextAsync(bound.Token);
        db.Database.SetCommandTimeout(Limit);
        await db.Database.OpenConnectionAsync(bound.Token);
        if (db.Database.GetDbConnection() is not SqliteConnection sqlite)
        {
            await WriteAsync(db, bound.Token);
            return;
        }

        // A file that was deleted is written to until the last connection closes, and is gone then.
        if (Path.IsPathRooted(sqlite.DataSource) && !File.Exists(sqlite.DataSource))
        {
            throw new FileNotFoundException("The database file is gone.");
        }

        // SQLite waits for a lock within its driver, where nothing can be cancelled. Whoever opens the connection next sets its patience anew.
        var patience = sqlite.DefaultTimeout;
        sqlite.DefaultTimeout = 1;
        try
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout=1000", bound.Token);
            await WriteAsync(db, bound.Token);
        }
        finally
        {
            sqlite.DefaultTimeout = patience;
        }
    }

    private async Task WriteAsync(NotificationsDbContext db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Set<Mailbox>().OrderBy(m => m.Id).Select(m => (int?)m.Id).FirstOrDefaultAsync(ct) is { } mailbox)
        {
            var row = new HandInKey { MailboxId = mailbox, Key = _key, BodyHash = [], MailingId = 0, Answer = _bytes, CreatedAt = time.GetUtcNow() };
            db.Add(row);
            await db.SaveChangesAsync(ct);
            db.Remove(row);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
