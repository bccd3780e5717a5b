using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>A database, a mail server, and as many processes of the program as a proof needs.</summary>
internal sealed class ClusterLab : IAsyncDisposable
{
    public const int Mailboxes = 60;
    public const int Each = 60;
    public const int Connections = 3;

    /// <summary>So that sixty take more than the minute in which the pace is counted: for proofs of the pace.</summary>
    public const int Slow = 45;

    /// <summary>The pace of Exchange Online, for proofs that take long.</summary>
    public const int Slowest = 30;

    /// <summary>Of the certificate, which is the key ring's and the cluster's; it also bears this name.</summary>
    public const string KeyFile = "keys.pfx";

    private const int Three = 3;

    // A start is little but computing: 3.5 to 4 s of processor time where nothing is precompiled.
    private static readonly TimeSpan IdleStart = TimeSpan.FromSeconds(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-cluster-");
    private readonly List<ClusterProcess> _processes = [];
    private string[] _keys = [];

    private ClusterLab(PostgreSqlServer database, string connection, CutNetwork? network, int perMinute) =>
        (Database, Connection, Network, PerMinute, Sink) = (database, connection, network, perMinute, new Sink(network is null ? IPAddress.Loopback : IPAddress.Any));

    public PostgreSqlServer Database { get; }

    public string Connection { get; }

    public CutNetwork? Network { get; }

    public Sink Sink { get; }

    /// <summary>Of each mailbox.</summary>
    public int PerMinute { get; }

    public IReadOnlyList<ClusterProcess> Processes => _processes;

    /// <summary>How many times slower than an idle machine this one was at its slowest start of a program; 1 or more.</summary>
    public double Slowness { get; private set; } = 1;

    /// <summary>How many notifications were handed in.</summary>
    public int Total { get; private set; }

    public Dictionary<string, string> Environment => new()
    {
        ["Database__Provider"] = "PostgreSql",
        ["ConnectionStrings__Notifications"] = Connection,
        ["Keys__Certificate"] = Path.Combine(_folder.FullName, KeyFile),
        ["Cluster__Certificate"] = Path.Combine(_folder.FullName, KeyFile),
        ["Data__Directory"] = Path.Combine(_folder.FullName, "data"),
        ["Pace__Relay__Connections"] = Connections.ToString(CultureInfo.InvariantCulture),
        ["Pace__Relay__MessagesPerMinute"] = PerMinute.ToString(CultureInfo.InvariantCulture),
    };

    /// <param name="cut">Whether the first process gets a network of its own that can be cut.</param>
    public static async Task<ClusterLab> StartAsync(int perMinute, bool cut = false)
    {
        var network = cut ? await CutNetwork.MakeAsync() : null;
        ClusterLab lab;
        try
        {
            var database = await PostgreSqlServer.StartAsync(durable: true, addresses: network is null ? [] : [network.Database]);
            lab = new ClusterLab(database, await database.CreateAsync(), network, perMinute);
        }
        catch
        {
            await (network?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }

        await Cleanup.OnFailureAsync(lab, lab.StartProcessesAsync);
        return lab;
    }

    private async Task StartProcessesAsync()
    {
        KeyCertificate.Write(_folder.FullName, name: KeyFile);
        _keys = await ClusterSeed.MakeAsync(Environment, _folder.FullName, Mailboxes, Network is null
            ? "127.0.0.1"
            : Network.Mail, Sink.Port);
        for (var i = 0; i < Three; i++)
        {
            await AddProcessAsync(i == 0 ? Network : null);
        }

        await AreActiveAsync(Three);
    }

    public async Task<ClusterProcess> AddProcessAsync(CutNetwork? network = null, string? program = null)
    {
        var environment = Environment;
        if (Network is not null)
        {
            environment["Cluster__Address"] = network?.Inside ?? Network.Peers;
            // On an address of the machine a taken port is not stepped aside from, as a firewall would not know.
            environment["Cluster__SiloPort"] = (20_000 + _processes.Count).ToString(CultureInfo.InvariantCulture);
        }

        if (network is not null)
        {
            environment["ConnectionStrings__Notifications"] = Connection.Replace("127.0.0.1", network.Database, StringComparison.Ordinal);
        }

        var process = await ClusterProcess.StartAsync(_folder.FullName, environment, program, network);
        _processes.Add(process);
        Slowness = Math.Max(Slowness, process.StartTook / IdleStart);
        return process;
    }

    /// <summary>Sixty for each mailbox, over one process after the other.</summary>
    public Task HandInAsync(CancellationToken ct) => HandInAsync(Each, ct);

    /// <summary>So many more for each mailbox when fewer are left, so that what comes next is done to a cluster that works, however slow the machine.</summary>
    /// <param name="except">A process that nothing is submitted to, as it may be cut off.</param>
    public Task KeepBusyAsync(int least, CancellationToken ct, ClusterProcess? except = null) =>
        Total - Sink.Different < Mailboxes * least ? HandInAsync(least, ct, except) : Task.CompletedTask;

    /// <summary>Until everything that was handed in has come.</summary>
    public Task AllArriveAsync(CancellationToken ct) => Sink.ReachesAsync(Total, ct);

    private async Task HandInAsync(int each, CancellationToken ct, ClusterProcess? except = null)
    {
        var open = _processes.Where(p => !p.IsOut && p != except).ToList();
        for (var i = 0; i < _keys.Length; i++)
        {
            await open[i % open.Count].HandInAsync(_keys[i], each, ct);
        }

        Total += each * _keys.Length;
    }

    /// <summary>Until the cluster has so many members, by its own list.</summary>
    public Task AreActiveAsync(int count) => UntilAsync("""SELECT COUNT(*) FROM "ClusterMembers" WHERE "Status" = 'Active'""", count);

    /// <summary>Until every notification has its outcome in the database.</summary>
    public Task AreRecordedAsync() => UntilAsync("""SELECT COUNT(*) FROM "Notifications" WHERE "State" = 5""", Total);

    public Task ExecuteAsync(string sql) => CountAsync(sql);

    /// <summary>The port on which one of the members hears the others.</summary>
    public async Task<int> SiloPortAsync() =>
        (int)await CountAsync("""SELECT split_part(split_part("Silo", '@', 1), ':', 2) FROM "ClusterMembers" WHERE "Status" = 'Active' LIMIT 1""");

    /// <summary>What the processes show each other.</summary>
    public X509Certificate2 LoadCertificate() => X509CertificateLoader.LoadPkcs12FromFile(Environment["Cluster__Certificate"], null);

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(p => p.DisposeAsync().AsTask()));
        await Sink.DisposeAsync();
        await Database.DisposeAsync();
        await (Network?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    private async Task UntilAsync(string sql, long count)
    {
        var ct = TestContext.Current.CancellationToken;
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await CountAsync(sql) != count)
        {
            await again.WaitForNextTickAsync(ct);
        }
    }
}
