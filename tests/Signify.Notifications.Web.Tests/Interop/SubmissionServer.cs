using System.Diagnostics;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>Dovecot as a submission server: it accepts tokens that it verifies itself, or a user name and password, and hands mail on to a sink.</summary>
public sealed record SubmissionServer
{
    private const string Program = "/usr/sbin/dovecot";
    private const string Submission = "/usr/lib/dovecot/submission-login";

    public required string Folder { get; init; }

    public required LabCertificates Certificates { get; init; }

    /// <summary>Signs the tokens that this server believes.</summary>
    public required LabTokens Trusted { get; init; }

    public required int SinkPort { get; init; }

    public string Mechanisms { get; init; } = "plain login xoauth2";

    public bool StartTls { get; init; } = true;

    public Task<Daemon> StartAsync(int port)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, $"dovecot-{port}")).FullName;
        // Where it looks for the key of a token without a key ID: <azp or default>/<algorithm>/default.
        var key = Directory.CreateDirectory(Path.Combine(folder, "keys", "default", "RS256")).FullName;
        File.WriteAllText(Path.Combine(key, "default"), Trusted.PublicKeyPem);
        File.WriteAllText(Path.Combine(folder, "users"), $"{LabSettings.Mailbox}:{{PLAIN}}{LabSettings.Password}\n");
        File.WriteAllText(Path.Combine(folder, "oauth2.conf"), $"""
            introspection_mode = local
            local_validation_key_dict = fs:posix:prefix={folder}/keys/
            username_attribute = upn

            """);
        var file = Path.Combine(folder, "dovecot.conf");
        File.WriteAllText(file, Configuration(folder, port));
        Daemon.Find(Submission);
        return Daemon.StartAsync(folder, port, [Daemon.Find(Program), "-F", "-c", file]);
    }

    private string Configuration(string folder, int port) => $$"""
        base_dir = {{folder}}/run
        log_path = {{folder}}/dovecot.log
        auth_verbose = yes
        protocols = submission
        listen = 127.0.0.1
        hostname = submission.lab.example
        ssl = {{(StartTls ? "required" : "no")}}
        ssl_cert = <{{Certificates.Server.Certificate}}
        ssl_key = <{{Certificates.Server.Key}}
        auth_mechanisms = {{Mechanisms}}
        # A test that waits for the punishment of a wrong password proves nothing more.
        auth_failure_delay = 0
        submission_relay_host = 127.0.0.1
        submission_relay_port = {{SinkPort}}
        mail_location = maildir:{{folder}}/mail
        service submission-login {
          inet_listener submission {
            port = {{port}}
          }
        }
        passdb {
          driver = oauth2
          mechanisms = xoauth2
          args = {{folder}}/oauth2.conf
        }
        passdb {
          driver = passwd-file
          mechanisms = plain login
          args = scheme=PLAIN {{folder}}/users
        }
        userdb {
          driver = static
          args = uid={{(Daemon.AsRoot ? "nobody" : Environment.UserName)}} gid={{(Daemon.AsRoot ? "nogroup" : Group())}} home={{folder}}/mail
        }
        {{(Daemon.AsRoot ? "" : WithoutRoot())}}

        """;

    // Dovecot's own recipe for running as one plain user, who can neither change users nor the root folder.
    private static string WithoutRoot() => $$"""
        default_internal_user = {{Environment.UserName}}
        default_internal_group = {{Group()}}
        default_login_user = {{Environment.UserName}}
        service anvil {
          chroot =
          # Else each wrong password makes every later sign-in from this address wait longer.
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service submission-login {
          chroot =
        }
        """;

    private static string Group()
    {
        using var id = Process.Start(new ProcessStartInfo("id", "-gn") { RedirectStandardOutput = true })!;
        return id.StandardOutput.ReadToEnd().Trim();
    }
}
