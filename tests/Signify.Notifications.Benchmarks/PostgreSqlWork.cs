using System.Globalization;
using Npgsql;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Benchmarks;

/// <summary>What a PostgreSQL server does meanwhile: commits that reached the disk, processor time, and what its sessions are busy with.</summary>
internal sealed class PostgreSqlWork : IAsyncDisposable
{
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromMilliseconds(20);

    // Of the record's session that is between two statements the server waits for the program ("ClientRead"); others are idle.
    private const string Activity = """
        SELECT CASE WHEN state = 'active' THEN COALESCE(wait_event_type || ':' || wait_event, 'CPU') ELSE 'in a transaction, waits for the program' END
        FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND state IN ('active', 'idle in transaction')
        """;

    private const string Syncs = "SELECT wal_sync FROM pg_stat_wal";

    private readonly NpgsqlConnection _connection;
    private readonly int _postmaster;
    private readonly Dictionary<string, int> _seen = [];
    private CancellationTokenSource _until = new();
    private Task _watching = Task.CompletedTask;
    private TimeSpan _cpu;
    private long _syncs;
    private int _samples;

    private PostgreSqlWork(NpgsqlConnection connection) => (_connection, _postmaster) = (connection, ProcessTimes.ParentOf(connection.ProcessID));

    public static async Task<PostgreSqlWork> StartAsync(PostgreSqlServer server)
    {
        var connection = new NpgsqlConnection($"{server.ConnectionString("postgres")};Pooling=false");
        await connection.OpenAsync();
        return new PostgreSqlWork(connection);
    }

    public async Task BeginAsync()
    {
        _seen.Clear();
        _samples = 0;
        _syncs = await SyncsAsync();
        _cpu = ProcessTimes.OfFamily(_postmaster);
        _until = new CancellationTokenSource();
        _watching = WatchAsync(_until.Token);
    }

    public async Task<PostgreSqlWorkDone> EndAsync()
    {
        var cpu = ProcessTimes.OfFamily(_postmaster) - _cpu;
        await _until.CancelAsync();
        await _watching;
        _until.Dispose();
        return new PostgreSqlWorkDone(cpu, await SyncsAsync() - _syncs, _samples, new Dictionary<string, int>(_seen));
    }

    public async ValueTask DisposeAsync()
    {
        _until.Dispose();
        await _connection.DisposeAsync();
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await using (var command = new NpgsqlCommand(Activity, _connection))
            await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
            {
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    var what = reader.GetString(0);
                    _seen[what] = _seen.GetValueOrDefault(what) + 1;
                }
            }

            _samples++;
            await Task.Delay(BetweenSamples, CancellationToken.None);
        }
    }

    private async Task<long> SyncsAsync()
    {
        await using var command = new NpgsqlCommand(Syncs, _connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}

/// <param name="Cpu">Of all processes of the server.</param>
/// <param name="Commits">How often the write-ahead log was made durable.</param>
/// <param name="Seen">How often a session was seen at what.</param>
internal sealed record PostgreSqlWorkDone(TimeSpan Cpu, long Commits, int Samples, IReadOnlyDictionary<string, int> Seen)
{
    public double CpuMicroseconds(int messages) => Cpu.TotalMicroseconds / messages;

    /// <summary>Sessions at each, on average.</summary>
    public string Shares() => string.Join(", ", Seen.OrderByDescending(s => s.Value).Take(6)
        .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {(double)s.Value / Samples:0.00}")));
}
