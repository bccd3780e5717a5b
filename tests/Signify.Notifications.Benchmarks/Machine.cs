using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Signify.Notifications.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const int Syncs = 500;

    public static string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; a file of this disk is made durable (fsync of 4 KB) {SyncsPerSecond():0} times a second; load before: {Load()}.");

    /// <summary>Over the last minute; "unknown" where the system does not tell.</summary>
    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static double SyncsPerSecond()
    {
        var folder = Directory.CreateTempSubdirectory("signify-bench-");
        try
        {
            using var file = new FileStream(Path.Combine(folder.FullName, "sync"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[4096];
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Syncs; i++)
            {
                file.Write(page);
                file.Flush(flushToDisk: true);
            }

            return Syncs / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
