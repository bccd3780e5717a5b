using Microsoft.Extensions.Logging;

namespace Signify.Notifications.Persistence;

/// <summary>
/// Whether the embedded database is on a network file system. SQLite's write-ahead log needs memory that all its processes share, and
/// its locks are unreliable there (https://sqlite.org/wal.html, https://sqlite.org/howtocorrupt.html): accepted messages could be lost.
/// </summary>
public sealed partial class DatabaseDrive(DriveTypeReader typeOf, ILogger<DatabaseDrive> logger)
{
    /// <summary>Known once the database is prepared.</summary>
    public bool IsNetwork { get; private set; }

    internal void Examine(string folder)
    {
        IsNetwork = typeOf(folder) == DriveType.Network;
        if (IsNetwork)
        {
            LogNetwork(logger, folder);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning,
        "The data folder {Folder} is on a network file system, where an embedded database can lose messages or be damaged. "
            + "Move it to a local disk, or use PostgreSQL.")]
    private static partial void LogNetwork(ILogger logger, string folder);
}

/// <summary>The type of the drive that a folder is on.</summary>
public delegate DriveType DriveTypeReader(string folder);
