using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>The recorder's own connection to its database. Used by one caller at a time, discarded after a failure.</summary>
internal interface IRecordConnection : IAsyncDisposable
{
    /// <summary>
    /// Commits the lines whose mailboxes are free, all of them or none. The same lines again change nothing more.
    /// </summary>
    /// <returns>The lines that were not written, as another transaction has their mailbox.</returns>
    Task<IReadOnlyList<RecordLine>> CommitAsync(IReadOnlyList<RecordLine> lines);

    /// <summary>Updates the notifications whose results InFlight stores, in a transaction of its own. The same again changes nothing more.</summary>
    /// <returns>Those that were not settled, as another transaction has their mailbox.</returns>
    Task<IReadOnlyList<InHand>> SettleAsync(IReadOnlyList<InHand> sent);

    static async Task<IRecordConnection> OpenAsync(IDbContextFactory<NotificationsDbContext> contexts)
    {
        var db = await contexts.CreateDbContextAsync();
        try
        {
            await db.Database.OpenConnectionAsync();
            return db.Database.IsNpgsql() ? await PostgreSqlRecordConnection.OpenAsync(db) : new SqliteRecordConnection(db);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
