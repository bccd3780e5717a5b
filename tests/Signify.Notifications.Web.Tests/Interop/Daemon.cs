using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>A server program of the machine, started for the tests: what it prints goes to a file, and it is stopped by its process ID.</summary>
public sealed class Daemon : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _output;
    private readonly string? _pidFile;

    private Daemon(Process process, string output, string? pidFile) => (_process, _output, _pidFile) = (process, output, pidFile);

    public int ProcessId => _process.Id;

    public static bool AsRoot => Environment.IsPrivilegedProcess;

    /// <summary>What the program has printed so far.</summary>
    public string Output => File.Exists(_output) ? File.ReadAllText(_output) : "";

    /// <summary>Starts the program and returns when the port answers.</summary>
    /// <param name="pidFile">Where the program writes the ID of the process to stop, if that is not the one started.</param>
    /// <param name="host">The address on which it answers.</param>
    /// <param name="limit">Ends the wait for it; by default <see cref="TestTimeouts.Start"/> does.</param>
    public static async Task<Daemon> StartAsync(
        string folder, int port, string[] command, IReadOnlyDictionary<string, string>? environment = null, string? pidFile = null,
        string host = "127.0.0.1", CancellationToken limit = default)
    {
        var name = Path.GetFileName(command[0]);
        var output = Path.Combine(folder, $"{name}-{port}.out");
        // The shell only turns the output to the file; exec leaves the program under the shell's process ID.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", output }, WorkingDirectory = folder };
        Array.ForEach(command, start.ArgumentList.Add);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        var daemon = new Daemon(ProcessGroup.Start(start), output, pidFile);
        try
        {
            await daemon.AnswersAsync(name, host, port, limit);
            return daemon;
        }
        catch
        {
            // It may be stuck: it is not asked to stop.
            await ProcessGroup.KillAsync(daemon._process);
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>The full path of a program from a Debian package; fails the test with what to do when it is missing.</summary>
    public static string Find(string program)
    {
        Assert.True(File.Exists(program), $"{program} is missing on this machine. Run ./test.sh: it installs the servers that these tests talk to.");
        return program;
    }

    public static void SetMode(string path, UnixFileMode mode)
    {
        Assert.False(OperatingSystem.IsWindows(), "These tests talk to servers from Debian's packages: run ./test.sh on Linux.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>A port that nobody has, below those that the system hands out by itself: none of them can take it meanwhile.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for as long as the test runs.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync(TestContext.Current.CancellationToken);
    }

    /// <param name="signal">Its name without SIG.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <returns>The exit code, once it has ended by itself.</returns>
    public async Task<int> ExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Their own way of stopping, so that they stop their children too; a kill would orphan those.
            // The shell reads the file that its writer keeps locked.
            var id = _pidFile is not null && File.Exists(_pidFile) ? $"$(cat '{_pidFile}')" : $"{_process.Id}";
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {id}"]);
            await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(TestTimeouts.Stop);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // Killed below.
            }
        }

        // Also the processes that it started.
        await ProcessGroup.KillAsync(_process);
        _process.Dispose();
    }

    private async Task AnswersAsync(string name, string host, int port, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, ct);
        limit.CancelAfter(TestTimeouts.Start);
        // These programs tell nobody when they are ready: the port does.
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await again.WaitForNextTickAsync(limit.Token))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Parse(host), port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                Assert.False(_process.HasExited, $"{name} ended at its start:\n{Output}");
            }
        }
    }
}
