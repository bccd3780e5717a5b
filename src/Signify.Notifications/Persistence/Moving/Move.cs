using Microsoft.Extensions.Configuration;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>The command that moves an installation between the embedded database and PostgreSQL.</summary>
public sealed class Move(IConfiguration configuration, string contentRoot, TimeProvider time, Action<string> tell)
{
    /// <summary>From the data folder of the configuration to PostgreSQL.</summary>
    /// <exception cref="StartRefusedException">A side is in use, cannot be reached, is of another version, or the goal holds data.</exception>
    public async Task ToPostgreSqlAsync(string connectionString, CancellationToken ct)
    {
        var place = SqlitePlace.Of(configuration, contentRoot) ?? throw new StartRefusedException("The configuration names PostgreSql already. The source of the move is what the program uses now: Database:Provider=Sqlite and its Data:Directory.");
        await using var source = await SqliteMoveEnd.OpenSourceAsync(place, ct);
        await using var goal = await PostgreSqlMoveEnd.OpenAsync(connectionString, time, ct);
        await new Mover(source, goal, Keys(), time, tell).RunAsync(ct);
    }

    /// <summary>From the PostgreSQL of the configuration to a data folder.</summary>
    /// <exception cref="StartRefusedException">As above.</exception>
    public async Task ToSqliteAsync(string folder, CancellationToken ct)
    {
        if (SqlitePlace.Of(configuration, contentRoot) is not null)
        {
            throw new StartRefusedException("The configuration names Sqlite already. The source of the move is what the program uses now: Database:Provider=PostgreSql and ConnectionStrings:Notifications.");
        }

        await using var source = await PostgreSqlMoveEnd.OpenAsync(configuration.GetConnectionString("Notifications"), time, ct);
        await using var goal = await SqliteMoveEnd.OpenGoalAsync(Path.GetFullPath(folder), ct);
        await new Mover(source, goal, Keys(), time, tell).RunAsync(ct);
    }

    /// <summary>Takes the mark of a move from the database of the configuration: the program starts on it again.</summary>
    /// <returns>Where it had been moved to; null when it was not.</returns>
    /// <exception cref="StartRefusedException">It is in use, or was being filled and is not whole.</exception>
    public async Task<string?> ReopenAsync(CancellationToken ct)
    {
        await using IMoveEnd end = SqlitePlace.Of(configuration, contentRoot) is { } place
            ? await SqliteMoveEnd.OpenSourceAsync(place, ct)
            : await PostgreSqlMoveEnd.OpenAsync(configuration.GetConnectionString("Notifications"), time, ct);
        if (await MoveMark.ReadAsync(end.Db, ct) is not { State: MoveState.Moved } mark)
        {
            await MoveMark.RefuseAsync(end.Db, ct);
            return null;
        }

        await MoveMark.ClearAsync(end.Db, ct);
        return mark.Words;
    }

    private KeyTransfer Keys() => new(configuration.GetSection("Keys").Get<KeyRingOptions>() ?? new KeyRingOptions());
}
