using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Persistence.PostgreSql.Membership;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>PostgreSQL. While this is open, a program that starts on it waits: it holds the lock of those that bring the database to its shape.</summary>
internal sealed class PostgreSqlMoveEnd : IMoveEnd
{
    private static readonly TimeSpan AliveOfLate = TimeSpan.FromMinutes(2);

    private readonly PostgreSqlNotificationsDbContext _db;
    private IAsyncDisposable? _alone;

    private PostgreSqlMoveEnd(NpgsqlConnectionStringBuilder connection)
    {
        _db = new PostgreSqlNotificationsDbContext(
            new DbContextOptionsBuilder<PostgreSqlNotificationsDbContext>().UseNpgsql(connection.ConnectionString, npgsql => npgsql.CommandTimeout(0)).Options);
        Place = $"PostgreSQL, database {connection.Database} on {connection.Host}";
    }

    public string Place { get; }

    public NotificationsDbContext Db => _db;

    private NpgsqlConnection Connection => (NpgsqlConnection)_db.Database.GetDbConnection();

    /// <exception cref="StartRefusedException">It cannot be reached, or a process of the program uses it.</exception>
    public static async Task<PostgreSqlMoveEnd> OpenAsync(string? connectionString, TimeProvider time, CancellationToken ct)
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgreSqlStorage.Connection(connectionString)) { Pooling = false, ApplicationName = "Signify Notifications, move", Options = null };
        var end = new PostgreSqlMoveEnd(connection);
        try
        {
            await end._db.Database.OpenConnectionAsync(ct);
            await end.RefuseUseAsync(time.GetUtcNow(), ct);
            end._alone = await PostgreSqlStorage.MigrateAloneAsync(end._db, ct);
            return end;
        }
        catch (NpgsqlException ex)
        {
            await end.DisposeAsync();
            throw new StartRefusedException($"PostgreSQL cannot be used ({ex.Message.TrimEnd('.')}). Look at the connection string, at whether the server runs and lets this machine in, and at the rights of the account: it must own its database.", ex);
        }
        catch (StartRefusedException)
        {
            await end.DisposeAsync();
            throw;
        }
    }

    public Task MigrateAsync(CancellationToken ct) => _db.Database.MigrateAsync(ct);

    // Those too that only a cluster has.
    public Task EmptyAsync(IReadOnlyList<MoveTable> tables, CancellationToken ct) =>
        ExecuteAsync($"TRUNCATE {string.Join(", ", _db.Model.GetRelationalModel().Tables.Select(t => $"\"{t.Name}\""))}", ct);

    public async Task WriteAsync(MoveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var copy = await Connection.BeginBinaryImportAsync($"COPY {table.Quoted} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", ct);
        copy.Timeout = TimeSpan.Zero;
        await foreach (var row in rows.WithCancellation(ct))
        {
            await copy.StartRowAsync(ct);
            for (var i = 0; i < row.Length; i++)
            {
                await WriteAsync(copy, row[i], table.Columns[i].Json, ct);
            }
        }

        await copy.CompleteAsync(ct);
    }

    // A sequence that was never asked has no last value.
    public async Task<long> LastNumberAsync(MoveTable table, CancellationToken ct) => Math.Max(
        await AskAsync($"""SELECT MAX("{table.Number!.Name}")::bigint FROM {table.Quoted}""", ct),
        await AskAsync($"SELECT pg_sequence_last_value(pg_get_serial_sequence('{table.Quoted}', '{table.Number.Name}')::regclass)", ct));

    public Task SetLastNumberAsync(MoveTable table, long number, CancellationToken ct) => ExecuteAsync(
        string.Create(CultureInfo.InvariantCulture, $"SELECT setval(pg_get_serial_sequence('{table.Quoted}', '{table.Number!.Name}'), {Math.Max(number, 1)}, {(number > 0 ? "true" : "false")})"), ct);

    public Task FinishAsync(CancellationToken ct) => ExecuteAsync("ANALYZE", ct);

    public async Task<IReadOnlyDictionary<string, XElement>> ReadKeysAsync(CancellationToken ct) =>
        (await _db.DataProtectionKeys.AsNoTracking().ToListAsync(ct)).ToDictionary(k => k.FriendlyName!, k => XElement.Parse(k.Xml!));

    public async Task WriteKeysAsync(IReadOnlyDictionary<string, XElement> keys, CancellationToken ct)
    {
        _db.AddRange(keys.Select(k => new DataProtectionKey { FriendlyName = k.Key, Xml = k.Value.ToString(SaveOptions.DisableFormatting) }));
        await _db.SaveChangesAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await (_alone?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _db.DisposeAsync();
    }

    private const string Others = """
        SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'Signify Notifications%'
        """;

    private async Task RefuseUseAsync(DateTimeOffset now, CancellationToken ct)
    {
        var others = await AskAsync(Others, ct);
        // A process that has just ended is still listed for a moment.
        for (var tries = 0; others > 0 && tries < 20; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            others = await AskAsync(Others, ct);
        }

        var before = now - AliveOfLate;
        var members = await AskAsync("""SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'ClusterMembers'""", ct) == 0
            ? []
            : await _db.Set<ClusterMember>().Where(m => m.Status != nameof(SiloStatus.Dead) && m.AliveAt > before).Select(m => m.HostName).ToListAsync(ct);
        if (members.Count > 0)
        {
            throw new StartRefusedException($"{Place}: {members.Count} {(members.Count == 1 ? "process" : "processes")} of the cluster used it within the last {AliveOfLate.TotalMinutes} minutes, on {string.Join(", ", members.Distinct())}. Stop them all, wait so long, and call the command again.");
        }

        if (others > 0)
        {
            throw new StartRefusedException($"{Place}: a process of this program is connected to it. Stop it first.");
        }
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, bool json, CancellationToken ct) => value switch
    {
        null => copy.WriteNullAsync(ct),
        string v => copy.WriteAsync(v, json ? NpgsqlDbType.Jsonb : NpgsqlDbType.Text, ct),
        long v => copy.WriteAsync(v, NpgsqlDbType.Bigint, ct),
        int v => copy.WriteAsync(v, NpgsqlDbType.Integer, ct),
        bool v => copy.WriteAsync(v, NpgsqlDbType.Boolean, ct),
        Guid v => copy.WriteAsync(v, NpgsqlDbType.Uuid, ct),
        DateOnly v => copy.WriteAsync(v, NpgsqlDbType.Date, ct),
        TimeSpan v => copy.WriteAsync(v, NpgsqlDbType.Interval, ct),
        double v => copy.WriteAsync(v, NpgsqlDbType.Double, ct),
        byte[] v => copy.WriteAsync(v, NpgsqlDbType.Bytea, ct),
        _ => throw new InvalidOperationException($"No way is known for values of {value.GetType().Name}."),
    };

    private async Task<long> AskAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return await command.ExecuteScalarAsync(ct) is long number ? number : 0;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
