using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Signify.Notifications.Persistence.Sqlite;

/// <summary>
/// Refuses connections once the database file is not the one that the program started on. A file that was deleted is written to until
/// its last connection closes, and is gone then; a new connection would create an empty one. SQLite compares the file that it has open
/// with the one at the path (SQLITE_FCNTL_HAS_MOVED). On Windows an open file cannot be deleted. One that was overwritten in place is
/// noticed by its header: <see cref="OverwriteDetector"/>. The write-ahead log holds what was committed last: it is watched too.
/// </summary>
internal sealed partial class DatabaseFileGuard(ILogger<DatabaseFileGuard> logger) : DbConnectionInterceptor, IDisposable
{
    private const int HasMoved = 20;

    private SqliteConnection? _first;
    private OverwriteDetector? _header;
    private DeletedFileDetector? _log;
    private int _lost;

    /// <summary>From now on the file at this path must be this one. Call it when the database is there.</summary>
    public void Watch(DbConnection database)
    {
        if (_first is not null || database is not SqliteConnection { DataSource: var file } || !Path.IsPathRooted(file))
        {
            return;
        }

        _first = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
            Mode = SqliteOpenMode.ReadWrite
        }.ConnectionString);
        _first.Open();
        // SQLite opens the file itself with the first statement.
        using var command = _first.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_schema";
        command.ExecuteScalar();
        _header = new OverwriteDetector(_first, TimeProvider.System);
        _log = DeletedFileDetector.Open(file + "-wal");
    }

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        ThrowIfLost();
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        ThrowIfLost();
        return ValueTask.FromResult(result);
    }

    public void Dispose()
    {
        _first?.Dispose();
        _log?.Dispose();
    }

    private void ThrowIfLost()
    {
        var moved = 0;
        if (_first?.Handle is not { IsClosed: false } handle
            || ((FileControl(handle.DangerousGetHandle(), "main", HasMoved, ref moved) != 0 || moved == 0)
                && _log?.IsDeleted() != true && _header?.IsOverwritten() != true))
        {
            return;
        }

        if (Interlocked.Exchange(ref _lost, 1) == 0)
        {
            LogLost(logger, _first.DataSource);
        }

        throw new DatabaseFileLostException();
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    private static extern int FileControl(nint database, string name, int operation, ref int moved);

    [LoggerMessage(EventId = 1902, EventName = "DatabaseFileLost", Level = LogLevel.Critical,
        Message = "Database file {File} was deleted, replaced or overwritten; nothing is accepted or sent. "
            + "Stop the program, restore a backup into an empty data folder and start again.")]
    private static partial void LogLost(ILogger logger, string file);
}
