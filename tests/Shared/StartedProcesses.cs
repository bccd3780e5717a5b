using System.Globalization;

namespace Signify.Notifications.Testing;

/// <summary>Processes whose IDs a test program has written to a file.</summary>
internal static class StartedProcesses
{
    /// <summary>Waits until the file exists.</summary>
    public static async Task<IReadOnlyList<int>> ReadAsync(string file, CancellationToken ct)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(file))
        {
            await poll.WaitForNextTickAsync(ct);
        }

        var text = await File.ReadAllTextAsync(file, ct);
        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    /// <summary>Waits until none of them runs: a signal takes a moment to arrive. Throws when one still runs long after.</summary>
    public static async Task EndAsync(IEnumerable<int> pids, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (pids.Any(IsRunning))
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    // One that has ended and that no parent has asked about does not run.
    private static bool IsRunning(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')')..].Split(' ')[1] is not ("Z" or "X");
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }
}
