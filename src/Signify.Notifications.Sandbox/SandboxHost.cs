using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Signify.Notifications.Sandbox.Certificates;
using Signify.Notifications.Sandbox.Doors;
using Signify.Notifications.Sandbox.Entra;
using Signify.Notifications.Sandbox.Exchange;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Graph;
using Signify.Notifications.Sandbox.Limits;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox;

/// <summary>The running sandbox: Entra and Graph on one HTTPS port, Exchange submission on two others, all on loopback.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private const long MaxConnections = 500;
    private const string Untrusted = "certificate-untrusted";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TokenKeys _keys = new();
    private readonly Socket _https;
    private readonly Socket _intercepted;
    private readonly Socket _smtp;
    private readonly Dictionary<SmtpDoor, Socket> _doors;
    private readonly Socket _blocked;
    private readonly SandboxRoot _root;
    private readonly Dictionary<DoorCertificate, X509Certificate2> _certificates;
    private readonly WebApplication _app;
    private Task? _end;

    private SandboxHost(SandboxOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var now = time.GetUtcNow();
        _root = SandboxRoot.LoadOrCreate(options.DataDirectory, now);
        _certificates = Enum.GetValues<DoorCertificate>().ToDictionary(kind => kind, kind => ServerCertificates.For(kind, _root.Certificate, now));
        _https = SandboxPorts.Listen(options.HttpsPort);
        _intercepted = SandboxPorts.Listen(0);
        _smtp = SandboxPorts.Listen(options.SmtpPort);
        _doors = SmtpDoors.All.Select((door, i) => (door, Port: PortOf(door, i, options))).ToDictionary(d => d.door, d => SandboxPorts.Listen(d.Port));
        _blocked = SandboxPorts.Block(options.BlockedSmtpPort);
        Authority = new Uri($"https://{IPAddress.Loopback}:{SandboxPorts.PortOf(_https)}");
        SmtpPort = SandboxPorts.PortOf(_smtp);
        DoorPorts = _doors.ToDictionary(d => d.Key.Id, d => SandboxPorts.PortOf(d.Value));
        BlockedSmtpPort = SandboxPorts.PortOf(_blocked);
        Mail = new SandboxMailStore(time);
        Scenarios = new ReadyMadeScenarios(SmtpPort, BlockedSmtpPort, DoorPorts).All;
        Limits = new SubmissionLimits(options, time);
        _app = Build(options, time, loggers);
    }

    /// <summary>Without a tenant, as Clouds:…:Authority.</summary>
    public Uri Authority { get; }

    public Uri Graph => Authority;

    public string SmtpHost { get; } = IPAddress.Loopback.ToString();

    public int SmtpPort { get; }

    public int UntrustedSmtpPort => DoorPorts[Untrusted];

    /// <summary>The ports with a fault of their own, by the door's id.</summary>
    public IReadOnlyDictionary<string, int> DoorPorts { get; }

    public int BlockedSmtpPort { get; }

    public string RootCertificatePath => _root.PemPath;

    public SandboxDirectory Directory { get; } = new(ReadyMadeTenants.All);

    public SandboxMailStore Mail { get; }

    public SandboxFaults Faults { get; } = new();

    /// <summary>The limits and what came against them.</summary>
    public SubmissionLimits Limits { get; }

    public IReadOnlyList<SandboxScenario> Scenarios { get; }

    /// <summary>
    /// The cloud "Sandbox" as configuration keys, for the program that hosts this one or is pointed at it; and clouds that are out of
    /// reach in one way each, since with tokens the hosts come from the cloud.
    /// </summary>
    public IReadOnlyDictionary<string, string?> CloudConfiguration
    {
        get
        {
            var blocked = $"https://{SmtpHost}:{BlockedSmtpPort}";
            var here = Authority.GetLeftPart(UriPartial.Authority);
            (string Name, string Authority, string SmtpHost)[] clouds =
            [
                ("Sandbox", here, SmtpHost),
                (ScenarioClouds.NameUnknown, here, "smtp.sandbox.invalid"),
                (ScenarioClouds.EntraRefused, blocked, SmtpHost),
                (ScenarioClouds.EntraUnknown, "https://login.sandbox.invalid", SmtpHost),
                (ScenarioClouds.EntraIntercepted, $"https://{SmtpHost}:{SandboxPorts.PortOf(_intercepted)}", SmtpHost),
            ];
            return clouds.SelectMany(cloud => new Dictionary<string, string?>
            {
                [$"Clouds:{cloud.Name}:Authority"] = cloud.Authority,
                [$"Clouds:{cloud.Name}:SmtpHost"] = cloud.SmtpHost,
                [$"Clouds:{cloud.Name}:Graph"] = cloud.Authority,
                [$"Clouds:{cloud.Name}:TrustedRoots"] = RootCertificatePath,
                [$"Clouds:{cloud.Name}:CheckRevocation"] = "false",
            }).ToDictionary();
        }
    }

    /// <exception cref="InvalidOperationException">The environment is neither Development nor Test.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, TimeProvider time, ILoggerFactory? loggers, CancellationToken ct)
    {
        SandboxProduction.Refuse(options.EnvironmentName);
        SandboxProduction.RefuseByVariables();
        var host = new SandboxHost(options, time, loggers ?? NullLoggerFactory.Instance);
        try
        {
            await host._app.StartAsync(ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whoever calls it again waits for the same end: a program that is told to stop may do so on two threads.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_stopping)
        {
            return new ValueTask(_end ??= EndAsync());
        }
    }

    private async Task EndAsync()
    {
        await _stopping.CancelAsync();
        using (var patience = new CancellationTokenSource(Patience))
        {
            await _app.StopAsync(patience.Token);
        }

        await _app.DisposeAsync();
        _https.Dispose();
        _intercepted.Dispose();
        _smtp.Dispose();
        _blocked.Dispose();
        foreach (var kept in _doors.Values.Cast<IDisposable>().Concat(_certificates.Values))
        {
            kept.Dispose();
        }

        _root.Certificate.Dispose();
        _stopping.Dispose();
    }

    private WebApplication Build(SandboxOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var tokens = new AccessTokens(_keys, time);
        var exchange = new ExchangeServer(
            new SmtpSignIn(Directory, tokens), new StoreDriver(Mail, Limits, time), Limits, Faults, time, options.IdleTimeout, _stopping.Token);

        // An empty builder: nothing of the hosting program's environment, addresses or settings may reach this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        // From Warning on: below that, request lines would carry mailbox addresses into the log.
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new ForwardedLogs(loggers)));
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = Taken);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, exchange, loggers));
        var app = builder.Build();
        app.UseRouting();
        new EntraEndpoints(Directory, tokens, _keys, Faults, time, Authority).Map(app);
        new GraphEndpoints(new GraphAccess(Directory, tokens), Mail, Limits, Faults, time).Map(app);
        return app;
    }

    private Socket Taken(EndPoint endpoint) =>
        _doors.Values.Append(_https).Append(_intercepted).Append(_smtp).First(socket => SandboxPorts.PortOf(socket) == ((IPEndPoint)endpoint).Port);

    private void Listen(KestrelServerOptions kestrel, ExchangeServer exchange, ILoggerFactory loggers)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Listen(IPAddress.Loopback, Authority.Port, listen => listen.UseHttps(_certificates[DoorCertificate.Trusted], https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13));
        kestrel.Listen(IPAddress.Loopback, SandboxPorts.PortOf(_intercepted), listen => listen.UseHttps(_certificates[DoorCertificate.Untrusted]));
        var logger = loggers.CreateLogger<SmtpListener>();
        kestrel.Listen(IPAddress.Loopback, SmtpPort, listen => Answer(listen, new SmtpDoor("main")));
        foreach (var door in SmtpDoors.All)
        {
            kestrel.Listen(IPAddress.Loopback, DoorPorts[door.Id], listen => Answer(listen, door));
        }

        void Answer(ListenOptions listen, SmtpDoor door)
        {
            var smtp = new SmtpListener(exchange, door, _certificates[door.Certificate], logger);
            listen.Run(smtp.OnConnectedAsync);
        }
    }

    private static int PortOf(SmtpDoor door, int index, SandboxOptions options) =>
        door.Id == Untrusted ? options.UntrustedSmtpPort : options.FirstDoorPort == 0 ? 0 : options.FirstDoorPort + index;

    // The hosting program decides when to stop; this one must not listen for Ctrl+C or announce itself.
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
