using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>The recorder's own connection to its database. Used by one at a time, thrown away after a failure.</summary>
internal interface IRecordConnection : IAsyncDisposable
{
    /// <summary>
    /// All lines or none; sets whose next one is <see cref="SendRecord.Line.Ours"/>. The same lines again change nothing more: after a
    /// connection was lost in mid-commit nobody knows whether it happened.
    /// </summary>
    Task CommitAsync(IReadOnlyList<SendRecord.Line> lines);

    /// <param name="journal">The name of the journal that lines with a number are from.</param>
    static async Task<IRecordConnection> OpenAsync(IDbContextFactory<NotificationsDbContext> contexts, string journal)
    {
        var db = await contexts.CreateDbContextAsync();
        try
        {
            await db.Database.OpenConnectionAsync();
            return db.Database.IsNpgsql() ? await PostgreSqlRecordConnection.OpenAsync(db) : new SqliteRecordConnection(db, journal);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
