using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>The recorder's own connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SendRecordConnection : IAsyncDisposable
{
    private static readonly long QuarterTicks = TimeSpan.FromMinutes(15).Ticks;

    private readonly NotificationsDbContext _db;
    private readonly DbConnection _connection;
    private readonly Dictionary<string, DbCommand> _commands = [];
    private bool _durable = true;

    private SendRecordConnection(NotificationsDbContext db) => (_db, _connection) = (db, db.Database.GetDbConnection());

    public static async Task<SendRecordConnection> OpenAsync(IDbContextFactory<NotificationsDbContext> contexts)
    {
        var db = await contexts.CreateDbContextAsync();
        try
        {
            await db.Database.OpenConnectionAsync();
            return new SendRecordConnection(db);
        }
        catch (DbException)
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>All lines or none.</summary>
    public void Commit(IReadOnlyList<SendRecord.Line> lines)
    {
        SetDurability(lines.Any(l => l.Durable));
        using var transaction = _connection.BeginTransaction(IsolationLevel.Serializable);
        var counts = new MailingCounts();
        foreach (var line in lines)
        {
            if (line.Ended is { } ended)
            {
                End(ended, counts, transaction);
            }

            if (line.Next is { } next)
            {
                line.Ours = Run(SendRecordSql.Begin, transaction, ("@id", next.Id), ("@epoch", next.Epoch)) == 1;
            }
        }

        counts.Write((sql, values) => Run(sql, transaction, values));
        transaction.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        await _db.DisposeAsync();
    }

    private void End(Ending e, MailingCounts counts, DbTransaction transaction)
    {
        var over = e.State >= NotificationState.Sent;
        var changed = Run(SendRecordSql.End, transaction,
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
    private int Settle(Ending e, bool over, MailingCounts counts, DbTransaction transaction)
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

    /// <summary>What a commit adds to the counts of mailings and quarters: one update each, however many messages.</summary>
    private sealed class MailingCounts
    {
        private readonly Dictionary<(long Mailing, NotificationState State), int> _mailings = [];
        private readonly Dictionary<(int Mailbox, long Quarter, bool Sent), int> _tallies = [];
        private long _latest;

        public void Add(InHand of, NotificationState state, int amount, DateTimeOffset at)
        {
            if (amount == 0)
            {
                return;
            }

            var mailing = (of.MailingId, state);
            _mailings[mailing] = _mailings.GetValueOrDefault(mailing) + amount;
            _latest = Math.Max(_latest, at.UtcTicks);
            if (amount > 0 && state is NotificationState.Sent or NotificationState.Failed)
            {
                var tally = (of.MailboxId, at.UtcTicks - (at.UtcTicks % QuarterTicks), state == NotificationState.Sent);
                _tallies[tally] = _tallies.GetValueOrDefault(tally) + amount;
            }
        }

        public void Write(Func<string, (string, object)[], int> run)
        {
            foreach (var ((mailing, state), amount) in _mailings)
            {
                run(SendRecordSql.Count(state), [("@mailing", mailing), ("@amount", amount), ("@at", _latest)]);
            }

            foreach (var ((mailbox, quarter, sent), amount) in _tallies)
            {
                run(SendRecordSql.Tally, [("@mailbox", mailbox), ("@at", quarter), ("@sent", sent ? amount : 0), ("@failed", sent ? 0 : amount)]);
            }
        }
    }
}
