using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Signify.Notifications.Persistence.Sqlite;

/// <summary>
/// Notices that a file was deleted or replaced while it is open. Linux says so of each open file (/proc/self/fd, proc(5)); on Windows
/// an open file cannot be deleted.
/// </summary>
internal sealed class DeletedFileDetector : IDisposable
{
    private const string Deleted = " (deleted)";

    private readonly SafeFileHandle _file;
    private readonly string _link;

    private DeletedFileDetector(SafeFileHandle file)
    {
        _file = file;
        _link = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}");
    }

    /// <returns>Null where the file is not there, or the system says nothing about open files.</returns>
    public static DeletedFileDetector? Open(string path) => OperatingSystem.IsLinux() && File.Exists(path)
        ? new DeletedFileDetector(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        : null;

    public bool IsDeleted() => !_file.IsClosed && new FileInfo(_link).LinkTarget?.EndsWith(Deleted, StringComparison.Ordinal) == true;

    public void Dispose() => _file.Dispose();
}
