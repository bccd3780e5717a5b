using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Signify.Notifications.Testing;

/// <summary>
/// Programs that tests start, each in a process group of its own, so that a program and everything it started are killed together. What is
/// still running when the test process exits, or is ended by a signal, is killed then.
/// </summary>
internal static class ProcessGroup
{
    private static readonly ConcurrentDictionary<int, bool> Running = new();

    // Since .NET 10 a signal ends the process without ProcessExit.
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => KillAll()))];

    static ProcessGroup() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        KillAll();
        Array.ForEach(Signals, s => s.Dispose());
    };

    public static Process Start(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        Start(process);
        return process;
    }

    /// <summary>Starts what is set up in the process; its ID is that of the group.</summary>
    public static void Start(Process process)
    {
        // setsid replaces itself with the program, which keeps the process ID.
        process.StartInfo.ArgumentList.Insert(0, process.StartInfo.FileName);
        process.StartInfo.FileName = "setsid";
        process.Start();
        Running[process.Id] = true;
    }

    /// <summary>Kills the program, if it still runs, and everything of its group; returns when the program has ended.</summary>
    public static async Task KillAsync(Process process)
    {
        var id = process.Id;
        using var kill = Kill(id);
        await kill.WaitForExitAsync();
        if (!process.HasExited)
        {
            // Started a moment ago, it may not have created its group yet.
            process.Kill();
        }

        await process.WaitForExitAsync();
        Running.TryRemove(id, out _);
    }

    private static void KillAll()
    {
        foreach (var id in Running.Keys)
        {
            using var kill = Kill(id);
            kill.WaitForExit();
        }
    }

    private static Process Kill(int group) => Process.Start(new ProcessStartInfo(
        "/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -KILL -{group} 2>/dev/null")]))!;
}
