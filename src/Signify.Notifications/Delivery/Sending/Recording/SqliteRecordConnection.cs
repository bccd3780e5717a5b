using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>Records in the embedded database: prepared statements, one after the other, as there is no network to save.</summary>
internal sealed class SqliteRecordConnection : IRecordConnection
{
    private readonly NotificationsDbContext _db;
    private readonly DbConnection _connection;
    private readonly Dictionary<string, DbCommand> _commands = [];
    private bool _durable = true;

    /// <param name="db">Open; disposed with this connection.</param>
    public SqliteRecordConnection(NotificationsDbContext db) => (_db, _connection) = (db, db.Database.GetDbConnection());

    public async Task<IReadOnlyList<RecordLine>> CommitAsync(IReadOnlyList<RecordLine> lines)
    {
        SetDurability(lines.Any(l => l.Durable));
        await using var transaction = _connection.BeginTransaction(IsolationLevel.Serializable);
        foreach (var statement in RecordStatement.For(lines))
        {
            Run(statement, transaction);
        }

        if (lines.Any(l => l is { Ended: not null, EndedInFlight: false }))
        {
            await _db.Database.UseTransactionAsync(transaction);
            await LateReport.RecordAsync(_db, lines, statement =>
            {
                Run(statement, transaction);
                return Task.CompletedTask;
            });
            await _db.Database.UseTransactionAsync(null);
        }

        transaction.Commit();
        return [];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        await _db.DisposeAsync();
    }

    private void Run(RecordStatement statement, DbTransaction transaction)
    {
        var command = Prepared(statement);
        command.Transaction = transaction;
        for (var i = 0; i < statement.Values.Length; i++)
        {
            command.Parameters[i].Value = statement.Values[i].Value ?? DBNull.Value;
        }

        if (!statement.Returns)
        {
            command.ExecuteNonQuery();
            return;
        }

        var returned = command.ExecuteScalar() is not null;
        if (statement.Began is { } began)
        {
            began.Begun = returned;
        }

        if (statement.Ended is { } ended)
        {
            ended.EndedInFlight = returned;
        }
    }

    private DbCommand Prepared(RecordStatement statement)
    {
        if (!_commands.TryGetValue(statement.Sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = statement.Sql;
            foreach (var value in statement.Values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@" + value.Name;
                command.Parameters.Add(parameter);
            }

            _commands.Add(statement.Sql, command);
        }

        return command;
    }

    // A commit under NORMAL is with the operating system, and so survives this process; FULL also waits for the disk.
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
