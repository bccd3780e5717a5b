using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Signify.Notifications.Tests.Servers;

/// <summary>
/// Debian's PostgreSQL with a data folder and a port of its own. It lives as long as the test process and is stopped by its process
/// ID. For tests it does not wait for the disk: what is tested is the program, not a power cut.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _durable;
    private readonly bool _toDisk;
    private readonly string[] _addresses;
    private Process? _server;
    private int _databases;

    private PostgreSqlServer(string folder, int port, bool durable, bool toDisk, string[] addresses) =>
        (_folder, Port, _durable, _toDisk, _addresses) = (folder, port, durable, toDisk, ["127.0.0.1", .. addresses]);

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    private string Log => Path.Combine(_folder, "postgres.log");

    /// <param name="durable">Whether a commit outlives a crash of the server, as in production.</param>
    /// <param name="toDisk">Whether it waits for the disk too, for measurements.</param>
    /// <param name="addresses">Addresses of this machine to answer on besides 127.0.0.1; who comes there needs no password.</param>
    public static async Task<PostgreSqlServer> StartAsync(bool durable = false, bool toDisk = false, params string[] addresses)
    {
        var folder = Directory.CreateTempSubdirectory("signify-postgres-").FullName;
        var server = new PostgreSqlServer(folder, FreePort(), durable, toDisk, addresses);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.KillAsync().GetAwaiter().GetResult();
        await Cleanup.OnFailureAsync(server, server.InitializeAsync);
        return server;
    }

    private async Task InitializeAsync()
    {
        await RunAsync("chown", Owner, _folder);
        await RunAsync([.. AsOwner, Program("initdb"), "--pgdata", Data, "--username", "signify", "--auth", "trust", "--encoding",
            "UTF8", "--no-locale", "--no-sync"]);
        if (_addresses.Length > 1)
        {
            await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), "host all all 10.0.0.0/8 trust\n");
        }

        await StartProcessAsync();
    }

    /// <summary>A new, empty database.</summary>
    /// <param name="template">A database to copy; nobody may be connected to it.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateAsync(string? template = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"signify_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {template}")}");
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username=signify;Maximum Pool Size=50;Timeout=10");

    /// <summary>Ends whoever is connected to it.</summary>
    public async Task DropAsync(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        await ExecuteAsync($"DROP DATABASE IF EXISTS {connection.Database} WITH (FORCE)");
    }

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>As an operator restarts it: connections are ended, transactions roll back, the log reaches the disk.</summary>
    public async Task RestartAsync()
    {
        await SignalAsync("INT");
        await StartProcessAsync();
    }

    /// <summary>As a crash: no goodbye, and the log is played back at the start.</summary>
    public async Task CrashAsync()
    {
        await SignalAsync("QUIT");
        await StartProcessAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await SignalAsync("INT");
        DeleteFolder();
    }

    // The program refuses to run as root.
    private static string[] AsOwner => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private static string Owner => Environment.IsPrivilegedProcess ? "postgres" : Environment.UserName;

    private async Task StartProcessAsync()
    {
        string[] settings =
        [
            "-c", $"fsync={OnOff(_toDisk)}", "-c", $"full_page_writes={OnOff(_toDisk)}", "-c", $"synchronous_commit={OnOff(_durable)}",
            "-c", $"listen_addresses={string.Join(',', _addresses)}", "-c", "unix_socket_directories=", "-c", "max_connections=400", "-c", "shared_buffers=128MB",
        ];
        string[] command = [.. AsOwner, Program("postgres"), "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), .. settings];
        // The shell only turns the output to the file; exec leaves the server under the shell's process ID.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Log }, WorkingDirectory = "/" };
        Array.ForEach(command, start.ArgumentList.Add);
        _server = ProcessGroup.Start(start);
        using var limit = new CancellationTokenSource(TestTimeouts.Start);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException ex) when (!_server.HasExited && !limit.IsCancellationRequested)
            {
                _ = ex;
                await again.WaitForNextTickAsync();
            }
            catch (NpgsqlException ex)
            {
                throw new InvalidOperationException($"PostgreSQL does not start: {await File.ReadAllTextAsync(Log)}", ex);
            }
        }
    }

    private static string OnOff(bool on) => on ? "on" : "off";

    private async Task SignalAsync(string signal)
    {
        if (_server is { HasExited: false } server)
        {
            await RunAsync("kill", $"-{signal}", server.Id.ToString(CultureInfo.InvariantCulture));
            using var limit = new CancellationTokenSource(TestTimeouts.Step);
            try
            {
                await server.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // Killed below.
            }

            await ProcessGroup.KillAsync(server);
        }
    }

    private async Task KillAsync()
    {
        if (_server is { HasExited: false } server)
        {
            await ProcessGroup.KillAsync(server);
        }

        DeleteFolder();
    }

    private void DeleteFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        Array.ForEach(command[1..], start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} failed: {error}{await output}");
        }
    }

    private static string Program(string name)
    {
        var folders = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return folders.OrderByDescending(f => int.TryParse(Path.GetFileName(f), out var version) ? version : 0)
            .Select(f => Path.Combine(f, "bin", name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"PostgreSQL's {name} is missing on this machine. Run ./test.sh: it installs the servers that the tests talk to.");
    }

    // Below those that the system hands out by itself, so that none of them can take it meanwhile.
    private static int FreePort()
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
}
