using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence.Sqlite;

/// <summary>
/// The time at which a copy was taken, written into the copy itself (SQLite's user_version, in seconds since 1970; 0 in a database
/// that is no copy). So a program that is started on a copy knows it, however the copy came there. See docs/decisions/0022.
/// </summary>
internal static class CopyMark
{
    public static void Set(SqliteConnection copy, DateTimeOffset takenAt) => Write(copy, unchecked((int)(uint)takenAt.ToUnixTimeSeconds()));

    public static void Clear(SqliteConnection copy) => Write(copy, 0);

    /// <summary>Within the caller's transaction.</summary>
    public static Task ClearAsync(NotificationsDbContext db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync("PRAGMA user_version = 0", ct);

    /// <returns>When the copy was taken; null when it is none, or none that was not looked after yet.</returns>
    public static async Task<DateTimeOffset?> ReadAsync(NotificationsDbContext db, CancellationToken ct)
    {
        if (!db.Database.IsSqlite())
        {
            return null;
        }

        await db.Database.OpenConnectionAsync(ct);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var mark = unchecked((uint)Convert.ToInt32(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture));
        return mark == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(mark);
    }

    private static void Write(SqliteConnection copy, int mark)
    {
        using var command = copy.CreateCommand();
        command.CommandText = $"PRAGMA user_version = {mark.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        command.ExecuteNonQuery();
    }
}
