using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Sandbox.Tenants;
using Signify.Notifications.Sandbox.Tests;

[assembly: AssemblyFixture(typeof(RunningSandbox))]

namespace Signify.Notifications.Sandbox.Tests;

/// <summary>A sandbox on free ports with its own folder. The one of the assembly has no limits, so that tests do not hinder each other.</summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    public const string ExchangeScope = "https://outlook.office365.com/.default";
    public const string GraphScope = "https://graph.microsoft.com/.default";

    private readonly TimeProvider _time;
    private readonly SandboxOptions _options;
    private readonly ILoggerFactory? _loggers;

    public RunningSandbox()
        : this(TimeProvider.System)
    {
    }

    internal RunningSandbox(TimeProvider time, Action<SandboxOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        _time = time;
        _loggers = loggers;
        _options = NewOptions();
        configure?.Invoke(_options);
    }

    public SandboxHost Host { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public static SandboxOptions NewOptions() => new()
    {
        HttpsPort = 0,
        SmtpPort = 0,
        UntrustedSmtpPort = 0,
        FirstDoorPort = 0,
        BlockedSmtpPort = 0,
        EnforceLimits = false,
        DataDirectory = Path.Combine(Path.GetTempPath(), "sandbox-tests", Guid.NewGuid().ToString("N")),
    };

    public static async Task<RunningSandbox> StartAsync(
        TimeProvider? time = null, Action<SandboxOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        var sandbox = new RunningSandbox(time ?? TimeProvider.System, configure, loggers);
        await sandbox.InitializeAsync();
        return sandbox;
    }

    public async ValueTask InitializeAsync()
    {
        Host = await SandboxHost.StartAsync(_options, _time, _loggers, CancellationToken.None);
        Http = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = TrustingTheRoot() } }) { BaseAddress = Host.Authority };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        Directory.Delete(_options.DataDirectory, recursive: true);
    }

    public async Task<HttpResponseMessage> AskTokenAsync(string tenant, string clientId, string secret, string scope, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = secret,
            ["scope"] = scope,
        });
        return await Http.PostAsync($"/{tenant}/oauth2/v2.0/token", form, ct);
    }

    public async Task<string> TokenAsync(SandboxApp app, string scope, CancellationToken ct, Guid? tenant = null)
    {
        using var answer = await AskTokenAsync($"{tenant ?? ReadyMadeTenants.ContosoId}", $"{app.ClientId}", app.Secret, scope, ct);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(ct);
        return body.GetProperty("access_token").GetString()!;
    }

    /// <summary>Connected over TLS that is checked against the root alone.</summary>
    public async Task<SmtpClient> ConnectAsync(CancellationToken ct, int? port = null)
    {
        var client = new SmtpClient
        {
            LocalDomain = "localhost",
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                using var chain = new X509Chain { ChainPolicy = TrustingTheRoot() };
                return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build((X509Certificate2)certificate!);
            },
        };
        await client.ConnectAsync(Host.SmtpHost, port ?? Host.SmtpPort, SecureSocketOptions.StartTls, ct);
        return client;
    }

    public async Task<SmtpClient> SignInAsync(SandboxApp app, string mailbox, CancellationToken ct, Guid? tenant = null)
    {
        var token = await TokenAsync(app, ExchangeScope, ct, tenant);
        var client = await ConnectAsync(ct);
        await client.AuthenticateAsync(new SaslMechanismOAuth2(mailbox, token), ct);
        return client;
    }

    public X509ChainPolicy TrustingTheRoot()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Host.RootCertificatePath);
        return policy;
    }
}
