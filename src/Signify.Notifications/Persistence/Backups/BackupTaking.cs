using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Persistence.Backups;

/// <summary>
/// Copies a data folder beside the running program, reading only: the database as it is at one moment (SQLite's own backup), then the
/// key ring, which by then holds every key that the copy needs, then the mailings being written.
/// </summary>
public sealed class BackupTaking(string dataFolder, string databaseFile, TimeProvider time)
{
    private const string Suffix = ".partial";

    /// <param name="target">A folder that does not exist yet. It appears when the backup is whole.</param>
    /// <exception cref="BackupRefusedException">There is nothing to copy, the copy is damaged, or the target cannot be written. Nothing is left behind.</exception>
    public async Task<BackupManifest> TakeAsync(string target, CancellationToken ct)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        Refuse(target);
        var partial = target + Suffix;
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
            PrivateFiles.CreateFolder(partial);
            var takenAt = time.GetUtcNow();
            var migration = CopyDatabase(Path.Combine(partial, BackupManifest.Database), takenAt);
            await CopyFolderAsync("keys", partial, ct);
            await CopyFolderAsync("drafts", partial, ct);
            var manifest = new BackupManifest(BackupManifest.NewestFormat, BackupManifest.Version, takenAt, migration,
                await ListAsync(partial, ct));
            manifest.Write(partial);
            Directory.Move(partial, target);
            return manifest;
        }
        catch (Exception ex)
        {
            Discard(partial);
            throw BackupFaults.Writing(target, ex) ?? ex;
        }
    }

    private void Refuse(string target)
    {
        if (Path.Exists(target))
        {
            throw new BackupRefusedException($"{target} exists already. Name a folder that does not: a backup never replaces another.");
        }

        if (Path.Exists(target + Suffix))
        {
            throw new BackupRefusedException($"{target}{Suffix} exists already: another backup is being made there, or one was broken off. If none is running, delete it.");
        }

        if (target.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataFolder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BackupRefusedException($"{target} lies in the data folder itself. Name a folder outside it, best on another disk.");
        }

        if (!File.Exists(databaseFile) || new FileInfo(databaseFile).Length == 0)
        {
            throw new BackupRefusedException($"There is no database at {databaseFile}: nothing to back up, or this account may not look there. Name the folder that the program uses in Data:Directory, and run the command as the account of the program.");
        }
    }

    /// <returns>The last migration it has.</returns>
    private string? CopyDatabase(string file, DateTimeOffset takenAt)
    {
        PrivateFiles.Create(file).Dispose();
        using var copy = Open(file, SqliteOpenMode.ReadWrite);
        using (var source = Open(databaseFile, SqliteOpenMode.ReadOnly))
        {
            // In one step: one moment of the database. Writers go on beside it.
            source.BackupDatabase(copy);
        }

        CopyMark.Set(copy, takenAt);
        LeaveOutSessions(copy);
        // One file, whole by itself; the program sets its own mode again when it starts on it.
        Ask(copy, "PRAGMA journal_mode = DELETE");
        if (Ask(copy, "PRAGMA integrity_check(1)") is not "ok" and var fault)
        {
            throw new BackupRefusedException($"The database is damaged ({fault}), and so would its copy be. Keep the backups that you have, and restore the newest one.");
        }

        return Ask(copy, "SELECT 1 FROM sqlite_master WHERE name = '__EFMigrationsHistory'") is null
            ? null
            : Ask(copy, """SELECT MAX("MigrationId") FROM "__EFMigrationsHistory" """);
    }

    /// <summary>A restored backup revives no session that was ended after it was taken: it has none.</summary>
    private static void LeaveOutSessions(SqliteConnection copy)
    {
        if (Ask(copy, "SELECT 1 FROM sqlite_master WHERE name = 'Sessions'") is not null)
        {
            Ask(copy, "PRAGMA secure_delete = ON");
            Ask(copy, """DELETE FROM "Sessions" """);
        }
    }

    private async Task CopyFolderAsync(string name, string partial, CancellationToken ct)
    {
        var root = Path.Combine(dataFolder, name);
        if (Directory.Exists(root))
        {
            await CopyAsync(Directory.GetFiles(root, "*", SearchOption.AllDirectories), partial, ct);
        }
    }

    private async Task CopyAsync(IEnumerable<string> files, string partial, CancellationToken ct)
    {
        foreach (var file in files)
        {
            var to = Path.Combine(partial, Path.GetRelativePath(dataFolder, file));
            try
            {
                PrivateFiles.CreateFolder(Path.GetDirectoryName(to)!);
                await PrivateFiles.CopyAsync(file, to, ct);
            }
            catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
            {
                // A mailing that was handed in or thrown away meanwhile.
            }
        }
    }

    private static async Task<IReadOnlyList<BackupFile>> ListAsync(string folder, CancellationToken ct)
    {
        var files = new List<BackupFile>();
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(file);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
            files.Add(new BackupFile(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), stream.Length, hash));
        }

        return files;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 60 }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static string? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    private static void Discard(string partial)
    {
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }
    }
}
