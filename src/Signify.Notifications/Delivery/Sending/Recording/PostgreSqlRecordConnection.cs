using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.PostgreSql;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>
/// Records in PostgreSQL: one round trip for the mailboxes that are free, one for all that is written, as a round trip costs more than
/// the rows.
/// </summary>
internal sealed class PostgreSqlRecordConnection : IRecordConnection
{
    // A few rows by their keys, always: PostgreSQL, which does not know how few, would read whole tables to find them while those are
    // small, and a plan that it keeps would go on so when they have grown. All of it is gone when the pool takes the session back.
    private const string Session =
        "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";

    // Who changes a mailbox's rows has the mailbox. One that another transaction has does not delay the others.
    private const string Lock = """SELECT "Id" FROM "Mailboxes" WHERE "Id" = ANY(@mailboxes) ORDER BY "Id" FOR NO KEY UPDATE SKIP LOCKED""";

    private readonly NotificationsDbContext _db;
    private readonly NpgsqlConnection _connection;

    private PostgreSqlRecordConnection(NotificationsDbContext db) => (_db, _connection) = (db, (NpgsqlConnection)db.Database.GetDbConnection());

    /// <param name="db">Open; disposed with this connection.</param>
    public static async Task<PostgreSqlRecordConnection> OpenAsync(NotificationsDbContext db)
    {
        await db.Database.ExecuteSqlRawAsync(Session);
        return new PostgreSqlRecordConnection(db);
    }

    public async Task<IReadOnlyList<RecordLine>> CommitAsync(IReadOnlyList<RecordLine> lines)
    {
        var free = await BeginAsync(lines.Select(l => l.MailboxId));
        var writable = lines.Where(l => free.Contains(l.MailboxId)).ToList();
        if (writable.Count == 0)
        {
            await RunAsync("ROLLBACK");
            return lines;
        }

        await WriteAsync(writable);
        return writable.Count == lines.Count ? [] : [.. lines.Except(writable)];
    }

    public async Task<IReadOnlyList<InHand>> SettleAsync(IReadOnlyList<InHand> sent)
    {
        var free = await BeginAsync(sent.Select(n => n.MailboxId));
        await using var batch = new NpgsqlBatch(_connection);
        var ids = sent.Where(n => free.Contains(n.MailboxId)).Select(n => n.Id).ToArray();
        foreach (var statement in ids.Length > 0 ? SettleSql.OfIds : [])
        {
            var which = new NpgsqlParameter("ids", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = ids };
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { which } });
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
        return ids.Length == sent.Count ? [] : [.. sent.Where(n => !free.Contains(n.MailboxId))];
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    // As text, so that beginning and committing travel with the statements.
    private async Task<HashSet<int>> BeginAsync(IEnumerable<int> mailboxIds)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL READ COMMITTED"));
        var mailboxes = new NpgsqlParameter("mailboxes", NpgsqlDbType.Array | NpgsqlDbType.Integer) { Value = mailboxIds.Distinct().ToArray() };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock) { Parameters = { mailboxes } });
        await batch.PrepareAsync();
        var free = new HashSet<int>();
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            free.Add(reader.GetInt32(0));
        }

        return free;
    }

    private async Task WriteAsync(List<RecordLine> lines)
    {
        var (stored, next) = (lines.Where(l => l.IsSettledLater).ToList(), lines.Where(l => l.Next is not null).ToList());
        var statements = lines.Except(stored).SelectMany(RecordStatement.Result).ToList();
        await using (var batch = new NpgsqlBatch(_connection))
        {
            if (stored.Count > 0)
            {
                batch.BatchCommands.Add(StoreCommand(stored));
            }

            statements.ForEach(statement => batch.BatchCommands.Add(Command(statement)));
            if (next.Count > 0)
            {
                batch.BatchCommands.Add(BeginCommand(next));
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            // Planned once for the connection: planning costs more than the few rows.
            await batch.PrepareAsync();
            await using var reader = await batch.ExecuteReaderAsync();
            await ReadAsync(reader, stored, statements, next);
        }

        if (lines.Exists(l => l is { Ended: not null, EndedInFlight: false }))
        {
            await using var transaction = await _db.BeginForMailboxesAsync(lines.Select(l => l.MailboxId), CancellationToken.None);
            await LateReport.RecordAsync(_db, lines, ExecuteAsync);
            await transaction.CommitAsync();
        }
    }

    /// <summary>To the end, where the server says whether it was committed.</summary>
    private static async Task ReadAsync(
        NpgsqlDataReader reader, List<RecordLine> stored, List<RecordStatement> statements, List<RecordLine> next)
    {
        var ids = stored.Count > 0 ? await ReadIdsAsync(reader) : [];
        stored.ForEach(l => l.EndedInFlight = ids.Contains(l.Ended!.Of.Id));
        foreach (var ended in statements.Where(s => s.Returns).Select(s => s.Ended!))
        {
            ended.EndedInFlight = await reader.ReadAsync();
            await reader.NextResultAsync();
        }

        ids = next.Count > 0 ? await ReadIdsAsync(reader) : [];
        next.ForEach(l => l.Begun = ids.Contains(l.Next!.Id));
        while (await reader.NextResultAsync())
        {
        }
    }

    private static async Task<HashSet<long>> ReadIdsAsync(NpgsqlDataReader reader)
    {
        var ids = new HashSet<long>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
        }

        await reader.NextResultAsync();
        return ids;
    }

    private static NpgsqlBatchCommand StoreCommand(List<RecordLine> lines)
    {
        var endings = lines.ConvertAll(l => l.Ended!);
        return new NpgsqlBatchCommand(RecordSql.StoreMany)
        {
            Parameters =
            {
                Numbers("ids", endings, e => e.Of.Id), Numbers("epochs", endings, e => e.Of.Epoch),
                Numbers("starts", endings, e => e.Attempt!.StartedAt.UtcTicks), Numbers("ends", endings, e => e.At.UtcTicks),
                Values("routes", NpgsqlDbType.Integer, endings, e => (int)e.Attempt!.Route),
                Values("words", NpgsqlDbType.Text, endings, e => e.Attempt!.Words is { } words ? StorableText.Of(words) : null),
            },
        };
    }

    private static NpgsqlBatchCommand BeginCommand(List<RecordLine> lines) => new(RecordSql.BeginMany)
    {
        Parameters = { Numbers("ids", lines, l => l.Next!.Id), Numbers("epochs", lines, l => l.Next!.Epoch), Numbers("starts", lines, l => l.StartedAt) },
    };

    private static NpgsqlParameter Numbers<T>(string name, List<T> from, Func<T, long> value) => Values(name, NpgsqlDbType.Bigint, from, value);

    private static NpgsqlParameter Values<T, TValue>(string name, NpgsqlDbType type, List<T> from, Func<T, TValue> value) =>
        new(name, NpgsqlDbType.Array | type) { Value = from.Select(value).ToArray() };

    private async Task ExecuteAsync(RecordStatement statement)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(Command(statement));
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand Command(RecordStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var value in statement.Values)
        {
            command.Parameters.Add(new NpgsqlParameter(value.Name, value.Type) { Value = Storable(value) });
        }

        return command;
    }

    private static object Storable(RecordValue value) => value.Value switch
    {
        null => DBNull.Value,
        string text => StorableText.Of(text),
        var other => other,
    };

    private async Task RunAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
