using System.Globalization;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Persistence.Backups;

/// <summary>A folder in which backups collect, each named by its time; the oldest go when there are too many.</summary>
public sealed partial class BackupShelf(string folder, TimeProvider time)
{
    private const string Name = "yyyy-MM-dd'T'HHmmss'Z'";

    private static readonly TimeSpan BrokenOff = TimeSpan.FromDays(1);

    /// <summary>Where the next backup goes.</summary>
    public string Next => Path.Combine(Path.GetFullPath(folder), time.GetUtcNow().UtcDateTime.ToString(Name, CultureInfo.InvariantCulture));

    /// <summary>Deletes all whole backups but the newest, and what was broken off a day ago or earlier. Touches nothing that has another name.</summary>
    /// <param name="keep">1 or more.</param>
    /// <returns>How many were deleted.</returns>
    public int Tidy(int keep)
    {
        var named = new DirectoryInfo(folder).GetDirectories().Where(d => Named().IsMatch(d.Name)).OrderByDescending(d => d.Name, StringComparer.Ordinal).ToList();
        var whole = named.Where(d => File.Exists(Path.Combine(d.FullName, BackupManifest.FileName)) && !d.Name.EndsWith(".partial", StringComparison.Ordinal));
        var broken = named.Where(d => d.Name.EndsWith(".partial", StringComparison.Ordinal) && d.LastWriteTimeUtc < (time.GetUtcNow() - BrokenOff).UtcDateTime);
        var old = whole.Skip(keep).Concat(broken).ToList();
        old.ForEach(d => d.Delete(recursive: true));
        return old.Count;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{6}Z(\.partial)?$")]
    private static partial Regex Named();
}
