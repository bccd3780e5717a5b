using Microsoft.Data.Sqlite;

namespace Signify.Notifications.Persistence.Backups;

/// <summary>What the operating system and SQLite throw while files are copied, in words for the operator.</summary>
internal static class BackupFaults
{
    private const int NoRoomLeft = 28;
    private const int NoRoomLeftOnWindows = 112;
    private const int SqliteFull = 13;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    /// <returns>Null when it is none of those: a bug, or said in words already.</returns>
    public static BackupRefusedException? Writing(string target, Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => Full(target, fault),
        IOException when (fault.HResult & 0xFFFF) is NoRoomLeft or NoRoomLeftOnWindows => Full(target, fault),
        SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase } =>
            new BackupRefusedException($"The database is damaged ({fault.Message.TrimEnd('.')}), and so would its copy be. Keep the backups that you have, and restore the newest one.", fault),
        SqliteException => new BackupRefusedException($"The database cannot be read ({fault.Message.TrimEnd('.')}). Run the command as the account that the program runs as.", fault),
        UnauthorizedAccessException or IOException =>
            new BackupRefusedException($"{target} cannot be written ({fault.Message.TrimEnd('.')}). Give this account write access to it, or name another folder.", fault),
        _ => null,
    };

    private static BackupRefusedException Full(string target, Exception fault) =>
        new($"The disk under {target} is full. Nothing was left there; make room, or name a folder on another disk.", fault);
}
