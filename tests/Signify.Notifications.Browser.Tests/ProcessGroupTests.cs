using System.Diagnostics;
using System.Globalization;

namespace Signify.Notifications.Browser.Tests;

/// <summary>Programs that a test run started do not outlive it, however it ends.</summary>
public sealed class ProcessGroupTests
{
    private const string FileOfChild = "SIGNIFY_TEST_STARTED";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_to_a_test_run_ends_the_programs_that_it_started(string signal)
    {
        if (Environment.GetEnvironmentVariable(FileOfChild) is { } started)
        {
            await StartAndWaitAsync(started);
            return;
        }

        var folder = Directory.CreateTempSubdirectory("signify-browser-");
        var file = Path.Combine(folder.FullName, "pids");
        // A shell lets what it runs in the background ignore INT, and nohup HUP; .NET leaves ignored what it finds ignored.
        using var run = ProcessGroup.Start(new ProcessStartInfo(
            "env", ["--default-signal", "dotnet", typeof(ProcessGroupTests).Assembly.Location, "--progress", "off", "--filter-class",
                typeof(ProcessGroupTests).FullName!])
        {
            Environment = { [FileOfChild] = file },
            RedirectStandardOutput = true,
        });
        try
        {
            _ = run.StandardOutput.ReadToEndAsync(Ct);
            var pids = await StartedProcesses.ReadAsync(file, Ct);

            using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {run.Id}")]);
            await kill.WaitForExitAsync(Ct);

            Assert.Single(pids);
            await StartedProcesses.EndAsync(pids, Ct);
        }
        finally
        {
            await ProcessGroup.KillAsync(run);
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The test run that gets the signal.</summary>
    private static async Task StartAndWaitAsync(string file)
    {
        using var program = ProcessGroup.Start(new ProcessStartInfo("sleep", ["3600"]));
        await File.WriteAllTextAsync(file + ".new", program.Id.ToString(CultureInfo.InvariantCulture), Ct);
        File.Move(file + ".new", file);
        await program.WaitForExitAsync(Ct);
    }
}
