using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// A real Postfix on loopback: STARTTLS, XOAUTH2 verified by a Dovecot beside it, each message on its disk before it says 250; then
/// it throws them away.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    private const string Postfix = "/usr/sbin/postfix";
    private const string Dovecot = "/usr/sbin/dovecot";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-bench-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SignedToken _signed = new();
    private readonly List<Process> _processes = [];
    private byte[] _certificate = [];

    public static bool CanRun => Environment.IsPrivilegedProcess && File.Exists(Postfix) && File.Exists(Dovecot);

    public int Port { get; } = SmtpSink.FreePort();

    public string Token => _signed.Value;

    /// <summary>PEM of what signed the server's certificate: itself.</summary>
    public string RootFile => Path.Combine(_folder.FullName, "server.pem");

    public RemoteCertificateValidationCallback Trusts => (_, certificate, _, _) => certificate?.GetRawCertData().AsSpan().SequenceEqual(_certificate) ?? false;

    public static async Task<PostfixServer> StartAsync()
    {
        var server = new PostfixServer();
        server.WriteCertificate();
        await server.StartPostfixAsync(await server.StartDovecotAsync());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Postfix is started by a script, and only its master, whose number lies in a file that it locks, can stop it; each then stops its children.
        await RunAsync(Postfix, "-c", Path.Combine(_folder.FullName, "postfix"), "stop");
        foreach (var process in _processes)
        {
            await RunAsync("/bin/kill", "-TERM", $"{process.Id}");
        }

        foreach (var process in _processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _key.Dispose();
        _signed.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
    }

    private void WriteCertificate()
    {
        // Daemons started by root give that up, and still read their files here.
        SetMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=127.0.0.1", _key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _certificate = certificate.RawData;
        File.WriteAllText(RootFile, certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "server.key"), _key.ExportPkcs8PrivateKeyPem());
        SetMode(Path.Combine(_folder.FullName, "server.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <returns>The port at which it verifies tokens.</returns>
    private async Task<int> StartDovecotAsync()
    {
        var folder = _folder.CreateSubdirectory("dovecot").FullName;
        // Where Dovecot looks for the key of a token without a key ID: <azp or default>/<algorithm>/default.
        var keys = Directory.CreateDirectory(Path.Combine(folder, "keys", "default", "RS256")).FullName;
        File.WriteAllText(Path.Combine(keys, "default"), _signed.PublicKeyPem);
        File.WriteAllText(Path.Combine(folder, "oauth2.conf"), $"introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={folder}/keys/\nusername_attribute = upn\n");
        var file = Path.Combine(folder, "dovecot.conf");
        var port = SmtpSink.FreePort();
        File.WriteAllText(file, $$"""
            base_dir = {{folder}}/run
            log_path = {{folder}}/dovecot.log
            protocols =
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            auth_mechanisms = xoauth2
            service auth {
              inet_listener {
                port = {{port}}
              }
            }
            passdb {
              driver = oauth2
              mechanisms = xoauth2
              args = {{folder}}/oauth2.conf
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home={{folder}}
            }

            """);
        await StartAsync(port, Dovecot, "-F", "-c", file);
        return port;
    }

    private async Task StartPostfixAsync(int dovecot)
    {
        var folder = _folder.CreateSubdirectory("postfix").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "queue"));
        File.WriteAllText(Path.Combine(folder, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            maillog_file = {folder}/postfix.log
            maillog_file_prefixes = {Path.GetTempPath()}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = relay.lab.example
            mydestination =
            mynetworks =
            alias_maps =
            default_transport = discard:
            smtpd_relay_restrictions = permit_sasl_authenticated, reject
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = inet:127.0.0.1:{dovecot}
            smtpd_tls_security_level = may
            smtpd_tls_auth_only = yes
            smtpd_tls_chain_files = {_folder.FullName}/server.key, {RootFile}

            """);
        // Service, type, private, unprivileged, chroot, wakeup, limit, program: Postfix's own list without what only local mail needs.
        File.WriteAllText(Path.Combine(folder, "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            pickup     unix       n - n 60    1 pickup
            cleanup    unix       n - n -     0 cleanup
            qmgr       unix       n - n 300   1 qmgr
            tlsmgr     unix       - - n 1000? 1 tlsmgr
            rewrite    unix       - - n -     - trivial-rewrite
            bounce     unix       - - n -     0 bounce
            defer      unix       - - n -     0 bounce
            trace      unix       - - n -     0 bounce
            proxymap   unix       - - n -     - proxymap
            discard    unix       - - n -     - discard
            error      unix       - - n -     - error
            retry      unix       - - n -     - error
            anvil      unix       - - n -     1 anvil
            postlog    unix-dgram n - n -     1 postlogd

            """);
        await StartAsync(Port, Postfix, "-c", folder, "start-fg");
    }

    private async Task StartAsync(int port, params string[] command)
    {
        _processes.Add(Process.Start(command[0], command[1..]));
        await SmtpSink.WaitForAsync(port);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
