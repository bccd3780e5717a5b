using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Persistence.Backups;

/// <summary>Puts a backup where the program finds it, when every byte of it is as it was backed up.</summary>
public sealed partial class BackupRestoring(string dataFolder, string databaseFile)
{
    private static readonly string[] Folders = ["keys", "drafts"];
    private static readonly string[] Remains = ["-wal", "-shm", "-journal"];

    /// <param name="resume">Do not hold sending when the program starts: what was sent after the copy was taken is then sent again.</param>
    /// <exception cref="BackupRefusedException">It is no backup, it is damaged or a newer program's, or the data folder holds data. Nothing was changed.</exception>
    /// <exception cref="StartRefusedException">A process uses the data folder, or it cannot be written.</exception>
    public async Task<BackupManifest> RestoreAsync(string from, bool resume, CancellationToken ct)
    {
        from = Path.GetFullPath(from);
        var manifest = await CheckAsync(from, ct);
        using var folder = DataFolder.Open(dataFolder);
        RefuseData();
        var made = new Stack<string>();
        try
        {
            // The database last: until it is there, a program that starts finds an empty folder and not half a backup.
            foreach (var file in manifest.Files.OrderBy(f => f.Path == BackupManifest.Database))
            {
                var to = file.Path == BackupManifest.Database ? databaseFile + ".restoring" : Path.Combine(dataFolder, file.Path);
                PrivateFiles.CreateFolder(Path.GetDirectoryName(to)!);
                made.Push(to);
                await PrivateFiles.CopyAsync(Path.Combine(from, file.Path), to, ct);
            }

            if (resume)
            {
                ClearMark(databaseFile + ".restoring");
            }

            File.Move(databaseFile + ".restoring", databaseFile, overwrite: true);
            return manifest;
        }
        catch (Exception ex)
        {
            foreach (var file in made)
            {
                File.Delete(file);
            }

            throw BackupFaults.Writing(dataFolder, ex) ?? ex;
        }
    }

    /// <summary>Reads the whole backup.</summary>
    /// <exception cref="BackupRefusedException">As above.</exception>
    public static async Task<BackupManifest> CheckAsync(string from, CancellationToken ct)
    {
        var manifest = BackupManifest.Read(from);
        if (manifest.Migration is { } migration && !Migrations().Contains(migration))
        {
            throw new BackupRefusedException(BackupManifest.Newer(manifest));
        }

        if (manifest.Files.All(f => f.Path != BackupManifest.Database))
        {
            throw new BackupRefusedException($"This backup is damaged: it holds no {BackupManifest.Database}. Restore another one.");
        }

        foreach (var file in manifest.Files)
        {
            await CheckAsync(from, file, ct);
        }

        return manifest;
    }

    private static async Task CheckAsync(string from, BackupFile file, CancellationToken ct)
    {
        // Who can write the list must not choose where its files go.
        if (!Expected().IsMatch(file.Path) || file.Path.Split('/').Contains(".."))
        {
            throw new BackupRefusedException($"This backup is damaged: {file.Path} is no file of a backup. Restore another one.");
        }

        try
        {
            await using var stream = File.OpenRead(Path.Combine(from, file.Path));
            if (stream.Length != file.Length || Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct)) != file.Sha256)
            {
                throw new BackupRefusedException($"This backup is damaged: {file.Path} is not as it was when it was backed up. Restore another one.");
            }
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackupRefusedException($"This backup is damaged: {file.Path} is missing. Restore another one.", ex);
        }
        catch (Exception ex) when (ex is UnauthorizedAccessException or IOException)
        {
            throw new BackupRefusedException($"{file.Path} of this backup cannot be read ({ex.Message.TrimEnd('.')}).", ex);
        }
    }

    private void RefuseData()
    {
        // A log or a journal left behind by another database would be played into this one.
        var taken = new FileInfo(databaseFile) is { Exists: true, Length: > 0 } ? databaseFile
            : Remains.Select(r => databaseFile + r).FirstOrDefault(File.Exists)
            ?? Folders.Select(f => Path.Combine(dataFolder, f)).FirstOrDefault(f => Directory.Exists(f) && Directory.EnumerateFileSystemEntries(f).Any());
        if (taken is not null)
        {
            throw new BackupRefusedException($"The data folder {dataFolder} is not empty: there is {taken}. Move what it holds to another place first; a restore replaces nothing.");
        }
    }

    private static void ClearMark(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        connection.Open();
        CopyMark.Clear(connection);
    }

    private static IEnumerable<string> Migrations()
    {
        using var db = new SqliteNotificationsDbContext(new DbContextOptionsBuilder<SqliteNotificationsDbContext>().UseSqlite("Data Source=:memory:").Options);
        return [.. db.Database.GetMigrations()];
    }

    [GeneratedRegex(@"^(notifications\.db|keys/[^/\\]+|drafts/[^/\\]+/[^/\\]+)$")]
    private static partial Regex Expected();
}
