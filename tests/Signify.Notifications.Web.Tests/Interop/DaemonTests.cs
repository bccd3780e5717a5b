namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>A program whose start fails leaves nothing running.</summary>
public sealed class DaemonTests : IDisposable
{
    // Ignores SIGTERM, starts another process, never listens on the port.
    private const string NeverReady = "trap '' TERM; sleep 3600 & echo $$ $! >started; mv started pids; while :; do wait; done";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-daemon-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_program_that_is_never_ready_is_killed_with_everything_it_started()
    {
        using var limit = new CancellationTokenSource();
        var starting = Daemon.StartAsync(_folder.FullName, Daemon.FreePort(), ["/bin/sh", "-c", NeverReady], limit: limit.Token);
        var pids = await StartedProcesses.ReadAsync(Path.Combine(_folder.FullName, "pids"), Ct);

        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Equal(2, pids.Count);
        await StartedProcesses.EndAsync(pids, Ct);
    }

    [Fact]
    public async Task A_program_that_ends_at_its_start_is_reported_with_its_output_and_leaves_nothing_running()
    {
        string[] command = ["/bin/sh", "-c", "sleep 3600 & echo $! >started; mv started pids; echo no such luck; exit 3"];

        var failed = await Assert.ThrowsAnyAsync<Exception>(() =>
            Daemon.StartAsync(_folder.FullName, Daemon.FreePort(), command, limit: TestContext.Current.CancellationToken));

        Assert.Contains("no such luck", failed.Message, StringComparison.Ordinal);
        await StartedProcesses.EndAsync(await StartedProcesses.ReadAsync(Path.Combine(_folder.FullName, "pids"), Ct), Ct);
    }

    [Fact]
    public async Task A_fixture_that_fails_to_start_is_disposed()
    {
        var fixture = new Disposed();

        await Assert.ThrowsAsync<TimeoutException>(() => Cleanup.OnFailureAsync(fixture, () => throw new TimeoutException()));

        Assert.True(fixture.IsDisposed);
    }

    private sealed class Disposed : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
