using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>Established TCP connections of this machine to one of its ports, as /proc lists them.</summary>
internal static class OpenConnections
{
    private const string Established = "01";

    public static int To(int port)
    {
        var remote = port.ToString("X4", CultureInfo.InvariantCulture);
        return new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields[3] == Established && fields[2].EndsWith($":{remote}", StringComparison.Ordinal));
    }
}
