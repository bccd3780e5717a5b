using System.Diagnostics;

namespace Signify.Notifications.Benchmarks;

/// <summary>So many messages, how long they took, and how much of this process's CPU time.</summary>
internal readonly record struct Lap(int Messages, TimeSpan Wall, TimeSpan Cpu)
{
    /// <summary>Messages a second.</summary>
    public double Rate => Messages / Wall.TotalSeconds;

    public double CpuMicroseconds => Cpu.TotalMicroseconds / Messages;

    public static async Task<Lap> MeasureAsync(int messages, Func<Task> work)
    {
        // What the part before left behind is not this part's cost.
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await work();
        var wall = Stopwatch.GetElapsedTime(started);
        self.Refresh();
        return new Lap(messages, wall, self.TotalProcessorTime - cpu);
    }
}
