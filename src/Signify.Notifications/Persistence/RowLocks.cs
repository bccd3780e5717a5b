using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence;

/// <summary>
/// One writer at a time for what hangs on a row, among all processes. On PostgreSQL the transaction locks that row first and what it
/// reads after that is true until it ends; new rows may still refer to it (NO KEY). On SQLite a transaction is the only one anyway.
/// Who locks several rows of a table locks them in the order of their keys.
/// </summary>
internal static class RowLocks
{
    /// <param name="rows">From FROM on.</param>
    public static Task LockAsync(this NotificationsDbContext db, FormattableString rows, CancellationToken ct) => db.Database.IsNpgsql()
        ? db.Database.ExecuteSqlAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create($"SELECT 1 {rows.Format} FOR NO KEY UPDATE", rows.GetArguments()), ct)
        : Task.CompletedTask;
}
