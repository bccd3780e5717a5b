using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.PostgreSql;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>The record in PostgreSQL: all lines of a commit travel together, as the way to the server costs more than the rows.</summary>
internal sealed class PostgreSqlRecordConnection : IRecordConnection
{
    private readonly NotificationsDbContext _db;
    private readonly NpgsqlConnection _connection;

    // A few rows by their keys, always: PostgreSQL, which does not know how few, would read whole tables to find them while those are
    // small, and a plan that it keeps would go on so when they have grown. A batch without a transaction of its own has the
    // isolation of the session. All of it is gone when the pool takes the session back.
    private const string Session = "SET default_transaction_isolation = 'read committed'; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";

    private PostgreSqlRecordConnection(NotificationsDbContext db) => (_db, _connection) = (db, (NpgsqlConnection)db.Database.GetDbConnection());

    /// <param name="db">Open; becomes this one's to dispose of.</param>
    public static async Task<PostgreSqlRecordConnection> OpenAsync(NotificationsDbContext db)
    {
        await db.Database.ExecuteSqlRawAsync(Session);
        return new PostgreSqlRecordConnection(db);
    }

    public async Task CommitAsync(IReadOnlyList<SendRecord.Line> lines)
    {
        Ending[] endings = [.. lines.Select(l => l.Ended).OfType<Ending>()];
        var begun = await TogetherAsync(endings, lines) ?? await StepByStepAsync(endings, lines);
        foreach (var line in lines)
        {
            line.Ours = line.Next is not { } next || begun.Contains(next.Id);
        }
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    /// <summary>In one way to the server and back: a batch is a transaction, and what it changes is counted as if every row was there.</summary>
    /// <returns>Those that begin; null when a row was not there, and nothing is written.</returns>
    private async Task<HashSet<long>?> TogetherAsync(Ending[] endings, IReadOnlyList<SendRecord.Line> lines)
    {
        var begun = new HashSet<long>();
        var counts = new RecordCounts();
        foreach (var ending in endings.Where(e => e.State >= NotificationState.Sent))
        {
            counts.Add(ending.Of, ending.State, 1, ending.At);
        }

        await using var batch = new NpgsqlBatch(_connection);
        AddRows(batch, PostgreSqlRecordSql.EndAll, endings, lines);
        AddCounts(batch, counts);
        // Planned once for the connection: planning costs more than the few rows.
        await batch.PrepareAsync();
        try
        {
            await using var reader = await batch.ExecuteReaderAsync();
            await ReadAsync(reader, endings.Length > 0 ? [] : null, lines.Any(l => l.Next is not null) ? begun : null);
        }
        catch (PostgresException ex) when (ex.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return null;
        }

        return begun;
    }

    /// <summary>Another owner, or this one before a connection was lost in mid-commit, changed a row: what became of each is asked for.</summary>
    /// <returns>Those that begin.</returns>
    private async Task<HashSet<long>> StepByStepAsync(Ending[] endings, IReadOnlyList<SendRecord.Line> lines)
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        var (changed, begun) = (new HashSet<long>(), new HashSet<long>());
        await using (var batch = new NpgsqlBatch(_connection, transaction))
        {
            AddRows(batch, PostgreSqlRecordSql.End, endings, lines);
            await using var reader = await batch.ExecuteReaderAsync();
            await ReadAsync(reader, endings.Length > 0 ? changed : null, lines.Any(l => l.Next is not null) ? begun : null);
        }

        var counts = new RecordCounts();
        foreach (var ending in endings)
        {
            var over = ending.State >= NotificationState.Sent;
            var rows = changed.Contains(ending.Of.Id) ? 1 : await SettleAsync(ending, over, counts, transaction);
            if (over && rows > 0)
            {
                counts.Add(ending.Of, ending.State, 1, ending.At);
            }
        }

        await using var counting = new NpgsqlBatch(_connection, transaction);
        AddCounts(counting, counts);
        if (counting.BatchCommands.Count > 0)
        {
            await counting.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return begun;
    }

    private static void AddRows(NpgsqlBatch batch, string end, Ending[] endings, IReadOnlyList<SendRecord.Line> lines)
    {
        InHand[] nexts = [.. lines.Select(l => l.Next).OfType<InHand>()];
        // First of all: who changes a mailbox's rows has the mailbox. An owner that lost it sees so in what follows.
        Add(batch, PostgreSqlRecordSql.Lock, Array("mailboxes", endings.Select(e => e.Of.MailboxId).Concat(nexts.Select(n => n.MailboxId)).Distinct(), NpgsqlDbType.Integer));
        if (endings.Length > 0)
        {
            Add(batch, end, [.. EndValues(endings)]);
        }

        if (endings.Where(e => e.Attempt is not null).ToArray() is { Length: > 0 } tried)
        {
            Add(batch, PostgreSqlRecordSql.Attempt, [.. AttemptValues(tried)]);
        }

        if (endings.Where(e => e.PacedRecipients > 0).ToArray() is { Length: > 0 } paced)
        {
            Add(batch, PostgreSqlRecordSql.Paced, [.. PacedValues(paced)]);
        }

        if (nexts.Length > 0)
        {
            Add(batch, PostgreSqlRecordSql.Begin,
                Array("ids", nexts.Select(n => n.Id), NpgsqlDbType.Bigint), Array("epochs", nexts.Select(n => n.Epoch), NpgsqlDbType.Bigint));
        }
    }

    private static void AddCounts(NpgsqlBatch batch, RecordCounts counts) =>
        counts.Write((sql, values) => Add(batch, sql, [.. values.Select(v => new NpgsqlParameter(v.Item1[1..], v.Item2))]));

    /// <summary>To the end, where the server says whether it was committed. Those given as null were not asked for.</summary>
    private static async Task ReadAsync(NpgsqlDataReader reader, HashSet<long>? changed, HashSet<long>? begun)
    {
        foreach (var answer in (HashSet<long>?[])[changed, begun])
        {
            if (answer is not null)
            {
                await reader.NextResultAsync();
                await ReadAsync(reader, answer);
            }
        }

        while (await reader.NextResultAsync())
        {
        }
    }

    private static async Task ReadAsync(NpgsqlDataReader reader, HashSet<long> ids)
    {
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
        }
    }

    private static IEnumerable<NpgsqlParameter> EndValues(Ending[] endings) =>
    [
        Array("ids", endings.Select(e => e.Of.Id), NpgsqlDbType.Bigint),
        Array("epochs", endings.Select(e => e.Of.Epoch), NpgsqlDbType.Bigint),
        Array("states", endings.Select(e => (int)e.State), NpgsqlDbType.Integer),
        Array("dues", endings.Select(e => (e.DueAt ?? e.At).UtcTicks), NpgsqlDbType.Bigint),
        Array("endeds", endings.Select(e => e.State >= NotificationState.Sent ? e.At.UtcTicks : (long?)null), NpgsqlDbType.Bigint),
        Array("backs", endings.Select(e => e.UsesNoAttempt ? 1 : 0), NpgsqlDbType.Integer),
    ];

    private static IEnumerable<NpgsqlParameter> AttemptValues(Ending[] endings) =>
    [
        Array("ids", endings.Select(e => e.Of.Id), NpgsqlDbType.Bigint),
        Array("starteds", endings.Select(e => e.Attempt!.StartedAt.UtcTicks), NpgsqlDbType.Bigint),
        Array("endeds", endings.Select(e => e.At.UtcTicks), NpgsqlDbType.Bigint),
        Array("routes", endings.Select(e => (int)e.Attempt!.Route), NpgsqlDbType.Integer),
        Array("outcomes", endings.Select(e => (int)e.Attempt!.Outcome), NpgsqlDbType.Integer),
        Array("codes", endings.Select(e => e.Attempt!.Code?.ToString()), NpgsqlDbType.Text),
        Array("words", endings.Select(e => e.Attempt!.Words is { } words ? StorableText.Of(words) : null), NpgsqlDbType.Text),
    ];

    private static IEnumerable<NpgsqlParameter> PacedValues(Ending[] endings) =>
    [
        Array("mailboxes", endings.Select(e => e.Of.MailboxId), NpgsqlDbType.Integer),
        Array("ats", endings.Select(e => e.At.UtcTicks), NpgsqlDbType.Bigint),
        Array("ids", endings.Select(e => e.Of.Id), NpgsqlDbType.Bigint),
        Array("recipients", endings.Select(e => e.PacedRecipients), NpgsqlDbType.Integer),
    ];

    // Another owner took it for doubtful meanwhile. What became of it is known after all.
    private async Task<int> SettleAsync(Ending e, bool over, RecordCounts counts, NpgsqlTransaction transaction)
    {
        var ended = new NpgsqlParameter("ended", NpgsqlDbType.Bigint) { Value = over ? e.At.UtcTicks : DBNull.Value };
        var settled = await RunAsync(transaction, SendRecordSql.SettleDoubt,
            new("id", e.Of.Id), new("state", (int)e.State), new("due", (e.DueAt ?? e.At).UtcTicks), ended);
        counts.Add(e.Of, NotificationState.InDoubt, -settled, e.At);
        return settled == 0 && e.State == NotificationState.Sent
            ? await RunAsync(transaction, SendRecordSql.SettleQueued, new("id", e.Of.Id), new("ended", e.At.UtcTicks))
            : settled;
    }

    private async Task<int> RunAsync(NpgsqlTransaction transaction, string sql, params NpgsqlParameter[] values)
    {
        await using var command = new NpgsqlCommand(sql, _connection, transaction);
        command.Parameters.AddRange(values);
        return await command.ExecuteNonQueryAsync();
    }

    private static int Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(values);
        batch.BatchCommands.Add(command);
        return 0;
    }

    private static NpgsqlParameter Array<T>(string name, IEnumerable<T> values, NpgsqlDbType type) => new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() };
}
