using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence;

/// <summary>
/// The one folder with everything this installation keeps; with PostgreSQL only with what is being written (drafts). Readable by its
/// owner alone. With a database in it, it is held by one process at a time.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream? _hold;
    private bool _hadKeys;

    private DataFolder(string path, FileStream? hold) => (Path, _hold) = (path, hold);

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "notifications.db");

    /// <summary>Apart from the database: a copy of the database file alone opens no secret.</summary>
    public string KeysDirectory => System.IO.Path.Combine(Path, "keys");

    /// <summary>Whether a program of this kind has run on the folder: its key ring has keys.</summary>
    internal static bool HasKeys(string path) =>
        new DirectoryInfo(System.IO.Path.Combine(path, "keys")) is { Exists: true } keys && keys.EnumerateFiles("key-*.xml").Any();

    /// <summary>Call before something is encrypted that must outlive the process. A shared folder has no keys of its own.</summary>
    /// <exception cref="KeysLostException">There were keys, and there are none now.</exception>
    public void ThrowIfKeysLost()
    {
        if (_hold is null)
        {
            return;
        }

        if (HasKeys(Path))
        {
            _hadKeys = true;
        }
        else if (_hadKeys)
        {
            throw new KeysLostException();
        }
    }

    /// <summary>Whether this is the database in this folder, so that no other process of this program uses it.</summary>
    internal bool Holds(NotificationsDbContext db) => db.Database.IsSqlite() && db.Database.GetDbConnection().DataSource == DatabaseFile;

    /// <summary>A folder without a database, which processes may share.</summary>
    /// <exception cref="StartRefusedException">The folder cannot be written.</exception>
    public static DataFolder OpenShared(string path)
    {
        Create(path);
        return new DataFolder(path, hold: null);
    }

    /// <exception cref="StartRefusedException">The folder cannot be written, or another process holds it.</exception>
    public static DataFolder Open(string path)
    {
        Create(path, System.IO.Path.Combine(path, "keys"));
        var folder = new DataFolder(path, Hold(path));
        try
        {
            // SQLite gives its write-ahead log the rights of the database file.
            OpenPrivate(folder.DatabaseFile, FileShare.ReadWrite).Dispose();
            RefuseJournal(path);
            return folder;
        }
        catch (StartRefusedException)
        {
            folder.Dispose();
            throw;
        }
        catch (Exception ex) when (ex is UnauthorizedAccessException or IOException)
        {
            folder.Dispose();
            throw new StartRefusedException($"The database file {folder.DatabaseFile} cannot be opened. Give this account read and write access to it.", ex);
        }
    }

    public void Dispose() => _hold?.Dispose();

    // Version 0.1 recorded results in files. Without them messages that were sent would be sent again.
    private static void RefuseJournal(string path)
    {
        if (Directory.EnumerateFiles(path, "sending-*.journal").FirstOrDefault(f => new FileInfo(f).Length > 0) is { } journal)
        {
            throw new StartRefusedException(
                $"{journal} holds results of version 0.1 that are not in the database yet. "
                + "Start version 0.1 once, stop it, and then start this version.");
        }
    }

    private static void Create(params ReadOnlySpan<string> folders)
    {
        foreach (var path in folders)
        {
            try
            {
                CreatePrivate(path);
            }
            catch (Exception ex) when (ex is UnauthorizedAccessException or IOException)
            {
                throw new StartRefusedException(
                    $"The data folder {path} cannot be created or written. Give this account write access to it, or name another folder in Data:Directory.", ex);
            }
        }
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
    }

    private static string LockFile(string path) => System.IO.Path.Combine(path, ".lock");

    private static FileStream Hold(string path)
    {
        try
        {
            // The operating system lets go of it when the process ends, however it ends.
            return OpenPrivate(LockFile(path), FileShare.None);
        }
        catch (UnauthorizedAccessException ex)
        {
            throw new StartRefusedException($"The data folder {path} holds a file .lock that this account may not write. Give it read and write access.", ex);
        }
        catch (IOException ex)
        {
            throw new StartRefusedException(
                $"Another process of this program already uses the data folder {path}. Stop it first, or give this one its own folder in Data:Directory.", ex);
        }
    }

    private static FileStream OpenPrivate(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.UnixCreateMode = OwnerOnlyFile;
        var stream = new FileStream(path, options);
        // A file that was copied here may have come with wider rights.
        File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnlyFile);
        return stream;
    }
}
