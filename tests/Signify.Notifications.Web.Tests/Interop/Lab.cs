using System.Text.Json;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>
/// A mail landscape of servers that this project did not write: nginx as the token service, Dovecot for submission, smtp-sink
/// behind it. And the program, which knows it as the cloud "Lab".
/// </summary>
public sealed class Lab : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-interop-");
    private readonly Stack<IAsyncDisposable> _running = new();
    private readonly LabTokens _trusted = new();
    private readonly LabTokens _stranger = new();

    public LabCertificates Certificates { get; private set; } = null!;

    public MailSink Sink { get; private set; } = null!;

    /// <summary>The program that trusts the lab's root for the cloud "Lab" alone.</summary>
    public LabProgram Program { get; private set; } = null!;

    /// <summary>The same on a machine whose own roots hold the lab's: what a server without a cloud needs.</summary>
    public LabProgram ProgramOnTrustingMachine { get; private set; } = null!;

    /// <summary>Dovecot with everything on.</summary>
    public int SubmissionPort { get; private set; }

    public async ValueTask InitializeAsync() => await Cleanup.OnFailureAsync(this, StartAsync);

    private async Task StartAsync()
    {
        // Daemons started by root give that up, and still read their files here.
        Daemon.SetMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        Certificates = new LabCertificates(_folder.FullName);
        var tokens = Daemon.FreePort();
        _running.Push(await TokenService.StartAsync(_folder.FullName, tokens, Certificates, Answers()));
        _running.Push(Sink = await MailSink.StartAsync(_folder.FullName));
        SubmissionPort = await StartSubmissionAsync(server => server);

        var clouds = Cloud("Lab", tokens).Append(new("Clouds__Lab__TrustedRoots", Certificates.Root)).Concat(Cloud("Stranger", tokens));
        var environment = new Dictionary<string, string>(clouds);
        _running.Push(Program = await LabProgram.StartAsync(_folder.FullName, environment));
        _running.Push(ProgramOnTrustingMachine = await LabProgram.StartAsync(
            _folder.FullName, new Dictionary<string, string>(environment) { ["SSL_CERT_FILE"] = Certificates.Root }));
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var server))
        {
            await server.DisposeAsync();
        }

        _trusted.Dispose();
        _stranger.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>One more Dovecot, set up otherwise.</summary>
    /// <returns>Its port.</returns>
    public async Task<int> StartSubmissionAsync(Func<SubmissionServer, SubmissionServer> change)
    {
        var port = Daemon.FreePort();
        var server = change(new SubmissionServer { Folder = _folder.FullName, Certificates = Certificates, Trusted = _trusted, SinkPort = Sink.Port });
        _running.Push(await server.StartAsync(port));
        return port;
    }

    /// <returns>The port of a Postfix that hands on to the sink.</returns>
    public async Task<int> StartPostfixAsync()
    {
        var port = Daemon.FreePort();
        _running.Push(await PostfixRelay.StartAsync(_folder.FullName, port, Certificates.Snakeoil, Sink.Port));
        return port;
    }

    private Dictionary<string, (int Status, string Json)> Answers() => new()
    {
        [LabSettings.Tenant] = Granted(_trusted.Sign(LabSettings.Tenant, LabSettings.Mailbox)),
        [LabSettings.TenantOfAnotherMailbox] = Granted(_trusted.Sign(LabSettings.TenantOfAnotherMailbox, "somebody.else@contoso.example")),
        [LabSettings.TenantOfAnotherKey] = Granted(_stranger.Sign(LabSettings.TenantOfAnotherKey, LabSettings.Mailbox)),
        [LabSettings.TenantWithWrongSecret] = (401, JsonSerializer.Serialize(new
        {
            error = "invalid_client",
            error_description = "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.",
            error_codes = new[] { 7000215 },
            trace_id = "b3f0c7de-5d0e-4f0e-8a59-0d1a6b8e2f00",
        })),
    };

    private static (int, string) Granted(string token) => (200, JsonSerializer.Serialize(new { token_type = "Bearer", expires_in = 3599, access_token = token }));

    private static KeyValuePair<string, string>[] Cloud(string name, int tokenPort) =>
    [
        new($"Clouds__{name}__Authority", $"https://127.0.0.1:{tokenPort}"),
        new($"Clouds__{name}__SmtpHost", "127.0.0.1"),
        new($"Clouds__{name}__Graph", $"https://127.0.0.1:{tokenPort}"),
    ];
}
