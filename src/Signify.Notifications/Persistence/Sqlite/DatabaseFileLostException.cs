using System.Data.Common;

namespace Signify.Notifications.Persistence.Sqlite;

/// <summary>
/// The database file is not the one that the program started on: what is written to it is lost, or belongs to another database.
/// </summary>
public sealed class DatabaseFileLostException()
    : DbException("The database file was deleted, replaced or overwritten while the program was running.");
