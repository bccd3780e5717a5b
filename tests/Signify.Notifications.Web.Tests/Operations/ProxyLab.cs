using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The real program behind nginx with the site file that is handed out: only ports, certificates and the program's address are others.</summary>
public sealed class ProxyLab : IAsyncLifetime
{
    public const string Site = "notifications.example.com";
    public const string AdminEmail = "ada@contoso.example";
    public const string AdminPassword = "three quiet green lamps";
    public const int SignInsPerMinute = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-proxy-");
    private readonly int _httpPort = Daemon.FreePort();
    private readonly int _httpsPort = Daemon.FreePort();
    private LabCertificates _certificates = null!;
    private Daemon? _nginx;
    private LabProgram? _program;

    public LabProgram Program => _program ?? throw new InvalidOperationException("Not started.");

    public string Data => Path.Combine(_folder.FullName, "data");

    public async ValueTask InitializeAsync() => await Cleanup.OnFailureAsync(this, StartAsync);

    private async Task StartAsync()
    {
        _certificates = new LabCertificates(_folder.FullName);
        _program = await LabProgram.StartAsync(
            _folder.FullName,
            new Dictionary<string, string>
            {
                ["Proxies__Known__0"] = "127.0.0.1",
                ["Site__Address"] = $"https://{Site}",
                ["Bootstrap__AdminEmail"] = AdminEmail,
                ["Bootstrap__AdminPassword"] = AdminPassword,
                ["RateLimits__SignInsPerMinute"] = $"{SignInsPerMinute}",
            },
            Data);
        _nginx = await Daemon.StartAsync(_folder.FullName, _httpsPort, [Daemon.Find("/usr/sbin/nginx"), "-e", "stderr", "-p", _folder.FullName, "-c", WriteConfiguration()]);
    }

    public async ValueTask DisposeAsync()
    {
        // Null after a start that failed.
        await (_nginx?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_program?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    /// <summary>A client on another machine: what it calls the site reaches nginx, from an address of its own.</summary>
    /// <param name="from">An address of the loopback network, 127.0.0.2 and up.</param>
    /// <param name="cookies">Null takes and sends none, and follows no redirect.</param>
    public HttpClient NewClient(string from, CookieContainer? cookies = null, string site = Site)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = cookies is not null,
            CookieContainer = cookies ?? new CookieContainer(),
            AllowAutoRedirect = cookies is not null,
            ConnectCallback = async (context, ct) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port == 80 ? _httpPort : _httpsPort, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => Trusts(certificate!, errors);
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{site}"), Timeout = TestTimeouts.Step };
    }

    private bool Trusts(X509Certificate certificate, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(_certificates.Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build((X509Certificate2)certificate);
    }

    private string WriteConfiguration()
    {
        var site = File.ReadAllText(Path.Combine(Deployed.Folder, "nginx.conf"));
        foreach (var (shipped, here) in ((string, string)[])
        [
            ("listen 443", $"listen 127.0.0.1:{_httpsPort}"), ("listen [::]:443", $"listen 127.0.0.2:{_httpsPort}"),
            ("listen 80", $"listen 127.0.0.1:{_httpPort}"), ("listen [::]:80", $"listen 127.0.0.2:{_httpPort}"),
            ("/etc/ssl/signify-notifications/fullchain.pem", _certificates.Site.Certificate),
            ("/etc/ssl/signify-notifications/privkey.pem", _certificates.Site.Key),
            ("server 127.0.0.1:5080", $"server {Program.Address.Authority}"),
            // The second instance is away: nobody listens there.
            ("# server 10.0.0.12:5080", $"server 127.0.0.1:{Daemon.FreePort()}"),
        ])
        {
            Assert.Contains(shipped, site, StringComparison.Ordinal);
            site = site.Replace(shipped, here, StringComparison.Ordinal);
        }

        var temporary = new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"  {kind}_temp_path {_folder.FullName}/nginx-{kind};");
        File.WriteAllText(Path.Combine(_folder.FullName, "site.conf"), site);
        var file = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            # One process, so that it needs no other user than the one who runs the tests.
            master_process off;
            pid {{_folder.FullName}}/nginx.pid;
            error_log stderr notice;
            events { }
            http {
            {{string.Join('\n', temporary)}}
              access_log {{_folder.FullName}}/nginx-access.log;
              include {{_folder.FullName}}/site.conf;
            }
            """);
        return file;
    }
}
