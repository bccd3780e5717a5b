namespace Signify.Notifications.Tests.Hosting;

/// <summary>A folder for one test, gone afterwards.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("signify-test-").FullName;

    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>Every byte of every file below the folder, as text in which any ASCII shows.</summary>
    public string AllBytes(string pattern = "*") => string.Concat(
        Directory.EnumerateFiles(Path, pattern, SearchOption.AllDirectories).Select(Read));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Read(string file)
    {
        // Another handle of this process has the lock file.
        if (System.IO.Path.GetFileName(file) == ".lock")
        {
            return "";
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
