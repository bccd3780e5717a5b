using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>Processor time of other processes, as /proc reports it.</summary>
internal static class ProcessTimes
{
    // Of every Linux that .NET runs on (USER_HZ).
    private const double TicksPerSecond = 100;

    public static TimeSpan Of(int process) => Stat(process) is { } stat ? Seconds(stat.Own) : TimeSpan.Zero;

    /// <summary>Of a process and its children, including those that have ended.</summary>
    public static TimeSpan OfFamily(int parent) => Seconds(Processes().Select(Stat).OfType<(int Parent, long Own, long Ended, int Id)>()
        .Sum(s => s.Id == parent ? s.Own + s.Ended : s.Parent == parent ? s.Own : 0));

    public static int ParentOf(int process) =>
        Stat(process)?.Parent ?? throw new InvalidOperationException($"Process {process.ToString(CultureInfo.InvariantCulture)} has ended.");

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 0);

    private static TimeSpan Seconds(long ticks) => TimeSpan.FromSeconds(ticks / TicksPerSecond);

    private static (int Parent, long Own, long Ended, int Id)? Stat(int process)
    {
        try
        {
            // The name in parentheses may contain spaces: the fields are counted from behind it.
            var text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
            return ((int)Field(1), Field(11) + Field(12), Field(13) + Field(14), process);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
