using System.Diagnostics;
using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>A program whose start fails leaves nothing running and no folder.</summary>
public sealed class RunningProgramTests
{
    [Fact]
    public async Task A_program_that_is_never_ready_is_killed_with_everything_it_started()
    {
        var folder = Directory.CreateTempSubdirectory("signify-browser-");
        using var limit = new CancellationTokenSource();
        var start = new ProcessStartInfo("/bin/sh", ["-c", "sleep 3600 & echo $$ $! >started; mv started pids; wait"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var starting = RunningProgram.StartAsync(start, folder, limit.Token);
        var pids = await StartedProcesses.ReadAsync(Path.Combine(folder.FullName, "pids"), TestContext.Current.CancellationToken);

        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Equal(2, pids.Count);
        await StartedProcesses.EndAsync(pids, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(folder.FullName));
    }
}
