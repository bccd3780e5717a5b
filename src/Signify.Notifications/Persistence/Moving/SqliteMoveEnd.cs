using System.Globalization;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>The embedded database and its data folder, which this move holds.</summary>
internal sealed class SqliteMoveEnd : IMoveEnd
{
    private const int RowsInTransaction = 50_000;

    private readonly DataFolder _folder;
    private readonly SqliteNotificationsDbContext _db;

    private SqliteMoveEnd(DataFolder folder, string database)
    {
        _folder = folder;
        var connection = new SqliteConnectionStringBuilder { DataSource = database, Pooling = false };
        _db = new SqliteNotificationsDbContext(
            new DbContextOptionsBuilder<SqliteNotificationsDbContext>().UseSqlite(connection.ConnectionString, sqlite => sqlite.CommandTimeout(0)).AddInterceptors(new SqlitePragmas()).Options);
        Place = $"SQLite, {database}";
    }

    public string Place { get; }

    public NotificationsDbContext Db => _db;

    private SqliteConnection Connection => (SqliteConnection)_db.Database.GetDbConnection();

    /// <exception cref="StartRefusedException">There is no database, a process uses it, a restored copy was not started yet, or the program was killed and not started since.</exception>
    public static async Task<SqliteMoveEnd> OpenSourceAsync(SqlitePlace place, CancellationToken ct)
    {
        if (new FileInfo(place.Database) is not { Exists: true, Length: > 0 })
        {
            throw new StartRefusedException($"There is no database at {place.Database}: nothing to move. Name the folder that the program uses in Data:Directory.");
        }

        var end = await OpenAsync(place.Folder, place.Database, ct);
        if (await CopyMark.ReadAsync(end.Db, ct) is not null)
        {
            await end.DisposeAsync();
            throw new StartRefusedException("This database was restored from a backup and not started since. Start the program on it once, look at what it holds back, and move then.");
        }

        return end;
    }

    /// <exception cref="StartRefusedException">A process uses it, or it cannot be written.</exception>
    public static Task<SqliteMoveEnd> OpenGoalAsync(string folder, CancellationToken ct) => OpenAsync(folder, Path.Combine(folder, "notifications.db"), ct);

    public Task MigrateAsync(CancellationToken ct) => _db.Database.MigrateAsync(ct);

    public async Task EmptyAsync(IReadOnlyList<MoveTable> tables, CancellationToken ct)
    {
        foreach (var table in tables.Reverse())
        {
            await ExecuteAsync($"DELETE FROM {table.Quoted}", ct);
        }
    }

    public async Task WriteAsync(MoveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken ct)
    {
        // Until it is finished nobody relies on it.
        await ExecuteAsync("PRAGMA synchronous=OFF", ct);
        await using var insert = Connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {table.Quoted} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        insert.Parameters.AddRange(table.Columns.Select((_, i) => new SqliteParameter($"@p{i}", null)));
        var transaction = Begin();
        try
        {
            var written = 0;
            await foreach (var row in rows.WithCancellation(ct))
            {
                for (var i = 0; i < row.Length; i++)
                {
                    insert.Parameters[i].Value = row[i] ?? DBNull.Value;
                }

                insert.ExecuteNonQuery();
                if (++written % RowsInTransaction == 0)
                {
                    transaction.Commit();
                    transaction.Dispose();
                    transaction = Begin();
                }
            }

            transaction.Commit();
        }
        finally
        {
            transaction.Dispose();
        }

        SqliteTransaction Begin() => insert.Transaction = Connection.BeginTransaction();
    }

    public async Task<long> LastNumberAsync(MoveTable table, CancellationToken ct) => Math.Max(
        await AskAsync($"SELECT MAX(\"{table.Number!.Name}\") FROM {table.Quoted}", ct),
        await HasSequencesAsync(ct) ? await AskAsync($"SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'", ct) : 0);

    public async Task SetLastNumberAsync(MoveTable table, long number, CancellationToken ct)
    {
        if (await HasSequencesAsync(ct))
        {
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE sqlite_sequence SET seq = {number} WHERE name = '{table.Name}'"), ct);
        }
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        await ExecuteAsync("PRAGMA synchronous=FULL", ct);
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", ct);
        await ExecuteAsync("ANALYZE", ct);
    }

    public Task<IReadOnlyDictionary<string, XElement>> ReadKeysAsync(CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, XElement>>(
        Directory.GetFiles(_folder.KeysDirectory, "*.xml").ToDictionary(f => Path.GetFileNameWithoutExtension(f)!, XElement.Load));

    public async Task WriteKeysAsync(IReadOnlyDictionary<string, XElement> keys, CancellationToken ct)
    {
        foreach (var (name, element) in keys)
        {
            var file = Path.Combine(_folder.KeysDirectory, $"{name}.xml");
            File.Delete(file);
            await using var stream = PrivateFiles.Create(file);
            await element.SaveAsync(stream, SaveOptions.None, ct);
            await stream.FlushAsync(ct);
            stream.Flush(flushToDisk: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<SqliteMoveEnd> OpenAsync(string folder, string database, CancellationToken ct)
    {
        var end = new SqliteMoveEnd(DataFolder.Open(folder), database);
        await end._db.Database.OpenConnectionAsync(ct);
        return end;
    }

    private async Task<bool> HasSequencesAsync(CancellationToken ct) => await AskAsync("SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_sequence'", ct) > 0;

    private async Task<long> AskAsync(string sql, CancellationToken ct)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(ct) is long number ? number : 0;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = Connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await command.ExecuteNonQueryAsync(ct);
    }
}
