using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>
/// What a database says of itself while an installation is moved and afterwards: it is being filled, or what it holds went elsewhere.
/// Both keep the program from starting on it: two databases with the same queue would send it twice. See docs/decisions/0024.
/// A table of its own, not of the model: it is there only when it says something.
/// </summary>
/// <param name="Move">The same in both databases of one move.</param>
/// <param name="Words">Where it went; of one that is filled, where from.</param>
internal sealed record MoveMark(MoveState State, Guid Move, DateTimeOffset At, string Words)
{
    private const string Table = "\"MoveMark\"";

    /// <returns>Null in a database that is nobody's move.</returns>
    public static async Task<MoveMark?> ReadAsync(NotificationsDbContext db, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = db.Database.IsNpgsql()
            ? "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'MoveMark' AND table_schema = ANY(current_schemas(false))"
            : "SELECT COUNT(*) FROM sqlite_master WHERE name = 'MoveMark'";
        if (Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture) == 0)
        {
            return null;
        }

        command.CommandText = $"""SELECT "State", "Move", "At", "Words" FROM {Table}""";
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new MoveMark(Enum.Parse<MoveState>(row.GetString(0)), Guid.Parse(row.GetString(1)), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero), row.GetString(3))
            : null;
    }

    /// <summary>In place of what the database said before.</summary>
    public async Task WriteAsync(NotificationsDbContext db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ClearAsync(db, ct);
        await db.Database.ExecuteSqlRawAsync($"""CREATE TABLE {Table} ("State" TEXT NOT NULL, "Move" TEXT NOT NULL, "At" BIGINT NOT NULL, "Words" TEXT NOT NULL)""", ct);
        await db.Database.ExecuteSqlRawAsync(
            $$"""INSERT INTO {{Table}} ("State", "Move", "At", "Words") VALUES ({0}, {1}, {2}, {3})""", [State.ToString(), Move.ToString(), At.UtcTicks, Words], ct);
        await transaction.CommitAsync(ct);
    }

    public static Task ClearAsync(NotificationsDbContext db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync($"DROP TABLE IF EXISTS {Table}", ct);

    /// <exception cref="StartRefusedException">The installation in it was moved away, or is not whole.</exception>
    public static async Task RefuseAsync(NotificationsDbContext db, CancellationToken ct)
    {
        if (await ReadAsync(db, ct) is not { } mark)
        {
            return;
        }

        var at = mark.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        throw new StartRefusedException(mark.State == MoveState.Filling
            ? $"This database was being filled from {mark.Words} when that broke off on {at} UTC, and is not whole. Call the same move command again: it empties this database and begins anew. The installation there is untouched."
            : $"This installation was moved to {mark.Words} on {at} UTC. Started here too, it would send what waited then a second time. Start it there. To come back, move it back (docs/operations.md, PostgreSQL); or, only when it was never started there, call: move --reopen.");
    }
}

internal enum MoveState
{
    Filling,
    Moved,
}
