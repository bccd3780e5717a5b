using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending.Recording;

/// <summary>Records in the embedded database: one statement after the other, as there is no network to save.</summary>
internal sealed class SqliteRecordConnection : IRecordConnection
{
    // A commit under NORMAL is with the operating system, and so survives this process; FULL also waits for the disk.
    private const string SurvivesPowerCut = "PRAGMA synchronous=FULL";
    private const string SurvivesProcess = "PRAGMA synchronous=NORMAL";

    private const string Begin = "BEGIN IMMEDIATE";
    private const string Commit = "COMMIT";
    private const string Rollback = "ROLLBACK";

    private readonly NotificationsDbContext _db;
    private readonly SqliteStatements _statements;
    private bool? _durable;

    /// <param name="db">Open; disposed with this connection.</param>
    public SqliteRecordConnection(NotificationsDbContext db) =>
        (_db, _statements) = (db, new SqliteStatements((SqliteConnection)db.Database.GetDbConnection()));

    public async Task<IReadOnlyList<RecordLine>> CommitAsync(IReadOnlyList<RecordLine> lines)
    {
        SetDurability(lines.Any(l => l.Durable));
        await InTransactionAsync(async () =>
        {
            foreach (var statement in RecordStatement.For(lines))
            {
                Run(statement);
            }

            if (lines.Any(l => l is { Ended: not null, EndedInFlight: false }))
            {
                await LateReport.RecordAsync(_db, lines, statement =>
                {
                    Run(statement);
                    return Task.CompletedTask;
                });
            }
        });
        return [];
    }

    public async Task<IReadOnlyList<InHand>> SettleAsync(IReadOnlyList<InHand> sent)
    {
        SetDurability(false);
        await InTransactionAsync(() =>
        {
            foreach (var statement in SettleSql.All)
            {
                _statements.Run(statement);
            }

            return Task.CompletedTask;
        });
        return [];
    }

    public async ValueTask DisposeAsync()
    {
        _statements.Dispose();
        await _db.DisposeAsync();
    }

    private async Task InTransactionAsync(Func<Task> write)
    {
        _statements.Run(Begin);
        try
        {
            await write();
            _statements.Run(Commit);
        }
        catch
        {
            TryRollBack();
            throw;
        }
    }

    private void Run(RecordStatement statement)
    {
        var returned = _statements.Run(statement.Sql, statement.Values);
        if (statement.Began is { } began)
        {
            began.Begun = returned;
        }

        if (statement.Ended is { } ended)
        {
            ended.EndedInFlight = returned;
        }
    }

    // SQLite itself takes a transaction back that met a full disk.
    private void TryRollBack()
    {
        try
        {
            _statements.Run(Rollback);
        }
        catch (SqliteException)
        {
            // There is none any more.
        }
    }

    private void SetDurability(bool durable)
    {
        if (durable != _durable)
        {
            _statements.Run(durable ? SurvivesPowerCut : SurvivesProcess);
            _durable = durable;
        }
    }
}
