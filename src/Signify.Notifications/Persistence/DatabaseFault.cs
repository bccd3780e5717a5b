using Microsoft.Data.Sqlite;
using Npgsql;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Persistence;

/// <summary>Why the database takes nothing at present, and what the operator does about it.</summary>
/// <param name="Code">
/// Stable: <c>disk-full</c>, <c>read-only</c>, <c>io-error</c>, <c>locked</c>, <c>unreachable</c>, <c>file-replaced</c>,
/// <c>damaged</c>, <c>keys-lost</c>.
/// </param>
/// <param name="Cause">A sentence.</param>
/// <param name="Remedy">A sentence, for the operator.</param>
public sealed record DatabaseFault(string Code, string Cause, string Remedy)
{
    private const int NoSpaceOnLinux = 28;
    private const int NoSpaceOnWindows = 112;

    private static readonly DatabaseFault DiskFull = new("disk-full", "The disk is full.",
        "Free up space on the volume that holds the database.");
    private static readonly DatabaseFault ReadOnly = new("read-only", "The database is read-only.",
        "Give the program's account write access to the database, and check that the volume is mounted read-write.");
    private static readonly DatabaseFault IoError = new("io-error",
        "The disk reported an error while the database was read or written.", "Check the disk and the system log.");
    private static readonly DatabaseFault Locked = new("locked", "Another process keeps the database locked.",
        "Close other programs that have the database open, such as a copy or a query that is running.");
    private static readonly DatabaseFault Unreachable = new("unreachable", "The database server is not reachable.",
        "Check that PostgreSQL runs and accepts connections from this machine.");
    private static readonly DatabaseFault Damaged = new("damaged", "The database file is damaged.",
        "Stop the program and restore a backup.");
    private static readonly DatabaseFault FileReplaced = new("file-replaced",
        "The database file was deleted, replaced or overwritten while the program was running.",
        "Stop the program, restore a backup into an empty data folder, and start the program again.");

    private static readonly DatabaseFault KeysLost = new("keys-lost",
        "The folder keys/ of the data folder was deleted or emptied while the program was running.",
        "Put keys/ back from a backup. Without it, the next start cannot decrypt any stored secret.");

    /// <summary>The fault that caused an exception, anywhere in its chain.</summary>
    /// <returns>Null when the exception is about something else, such as a statement or a constraint.</returns>
    public static DatabaseFault? Find(Exception? exception)
    {
        for (var ex = exception; ex is not null; ex = ex.InnerException)
        {
            var fault = ex switch
            {
                DatabaseFileLostException => FileReplaced,
                KeysLostException => KeysLost,
                SqliteException sqlite => Find(sqlite.SqliteErrorCode),
                PostgresException postgres => Find(postgres.SqlState),
                NpgsqlException => Unreachable,
                IOException io => (io.HResult & 0xFFFF) is NoSpaceOnLinux or NoSpaceOnWindows ? DiskFull : null,
                _ => null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    // https://sqlite.org/rescode.html
    private static DatabaseFault? Find(int sqliteCode) => sqliteCode switch
    {
        5 or 6 => Locked,
        8 => ReadOnly,
        10 or 14 => IoError,
        11 or 26 => Damaged,
        13 => DiskFull,
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static DatabaseFault? Find(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.DiskFull => DiskFull,
        PostgresErrorCodes.ReadOnlySqlTransaction => ReadOnly,
        PostgresErrorCodes.IoError => IoError,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => Locked,
        _ when sqlState.StartsWith("08", StringComparison.Ordinal) || sqlState.StartsWith("57P", StringComparison.Ordinal)
            || sqlState == PostgresErrorCodes.TooManyConnections => Unreachable,
        _ => null,
    };
}
