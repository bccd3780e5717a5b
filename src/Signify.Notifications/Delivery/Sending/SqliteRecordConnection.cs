using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>The record in the embedded database: prepared statements, a row at a time, as there is no way to the server to save.</summary>
internal sealed class SqliteRecordConnection : IRecordConnection
{
    private readonly NotificationsDbContext _db;
    private readonly DbConnection _connection;
    private readonly Dictionary<string, DbCommand> _commands = [];
    private readonly string _journal;
    private bool _durable = true;

    /// <param name="db">Open; becomes this one's to dispose of.</param>
    /// <param name="journal">The name of the journal that lines with a number are from.</param>
    public SqliteRecordConnection(NotificationsDbContext db, string journal) => (_db, _connection, _journal) = (db, db.Database.GetDbConnection(), journal);

    public Task CommitAsync(IReadOnlyList<SendRecord.Line> lines)
    {
        Commit(lines);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        await _db.DisposeAsync();
    }

    private void Commit(IReadOnlyList<SendRecord.Line> lines)
    {
        SetDurability(lines.Any(l => l.Durable));
        using var transaction = _connection.BeginTransaction(IsolationLevel.Serializable);
        var counts = new RecordCounts();
        var whole = BegunAndEnded(lines);
        foreach (var line in lines)
        {
            if (line.Ended is { } ended)
            {
                End(ended, whole.Contains(ended.Of.Id), counts, transaction);
            }

            if (line.Next is { } next)
            {
                Begin(line, next, whole, transaction);
            }
        }

        counts.Write((sql, values) => Run(sql, transaction, values));
        if (lines.Max(l => l.Number) is var last and > 0)
        {
            Run(SendJournal.Mark, transaction, ("@name", _journal), ("@applied", last));
        }

        transaction.Commit();
    }

    // Of most lines of a journal the end is at hand as well: then one change says both.
    private static HashSet<long> BegunAndEnded(IReadOnlyList<SendRecord.Line> lines)
    {
        var begun = new HashSet<long>();
        var both = new HashSet<long>();
        foreach (var line in lines)
        {
            if (line.Ended is { } ended && begun.Contains(ended.Of.Id))
            {
                both.Add(ended.Of.Id);
            }

            if (line is { Number: > 0, Next: { } next })
            {
                begun.Add(next.Id);
            }
        }

        return both;
    }

    private void Begin(SendRecord.Line line, InHand next, HashSet<long> whole, DbTransaction transaction)
    {
        if (line.Number == 0)
        {
            line.Ours = Run(SendRecordSql.Begin, transaction, ("@id", next.Id), ("@epoch", next.Epoch)) == 1;
        }
        else if (!whole.Contains(next.Id))
        {
            Run(SendRecordSql.Begun, transaction, ("@id", next.Id), ("@epoch", next.Epoch));
        }
    }

    private void End(Ending e, bool begun, RecordCounts counts, DbTransaction transaction)
    {
        var over = e.State >= NotificationState.Sent;
        var changed = Run(begun ? SendRecordSql.BegunAndEnded : SendRecordSql.End, transaction,
            ("@id", e.Of.Id), ("@epoch", e.Of.Epoch), ("@state", (int)e.State), ("@due", (e.DueAt ?? e.At).UtcTicks),
            ("@ended", over ? e.At.UtcTicks : DBNull.Value), ("@back", e.UsesNoAttempt ? 1 : 0));
        if (changed == 0)
        {
            changed = Settle(e, over, counts, transaction);
        }

        if (over && changed > 0)
        {
            counts.Add(e.Of, e.State, 1, e.At);
        }

        if (e.Attempt is { } made)
        {
            Run(SendRecordSql.Attempt, transaction,
                ("@id", e.Of.Id), ("@started", made.StartedAt.UtcTicks), ("@ended", e.At.UtcTicks), ("@route", (int)made.Route),
                ("@outcome", (int)made.Outcome), ("@code", (object?)made.Code?.ToString() ?? DBNull.Value), ("@words", (object?)made.Words ?? DBNull.Value));
        }

        if (e.PacedRecipients > 0)
        {
            Run(SendRecordSql.Paced, transaction,
                ("@mailbox", e.Of.MailboxId), ("@ended", e.At.UtcTicks), ("@id", e.Of.Id), ("@recipients", e.PacedRecipients));
        }
    }

    // Another owner took it for doubtful meanwhile. What became of it is known after all.
    private int Settle(Ending e, bool over, RecordCounts counts, DbTransaction transaction)
    {
        var settled = Run(SendRecordSql.SettleDoubt, transaction,
            ("@id", e.Of.Id), ("@state", (int)e.State), ("@due", (e.DueAt ?? e.At).UtcTicks), ("@ended", over ? e.At.UtcTicks : DBNull.Value));
        counts.Add(e.Of, NotificationState.InDoubt, -settled, e.At);
        return settled == 0 && e.State == NotificationState.Sent
            ? Run(SendRecordSql.SettleQueued, transaction, ("@id", e.Of.Id), ("@ended", e.At.UtcTicks))
            : settled;
    }

    private int Run(string sql, DbTransaction transaction, params (string Name, object Value)[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Value;
        }

        return command.ExecuteNonQuery();
    }

    // A commit of SQLite's NORMAL is with the operating system, and so outlives this process; FULL also waits for the disk.
    private void SetDurability(bool durable)
    {
        if (durable == _durable || _connection is not SqliteConnection)
        {
            return;
        }

        using var command = _connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA synchronous={(durable ? "FULL" : "NORMAL")}");
        command.ExecuteNonQuery();
        _durable = durable;
    }
}
