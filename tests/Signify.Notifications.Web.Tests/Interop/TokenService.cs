namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>nginx in the place of Entra: TLS, one answer for each tenant's token endpoint, and a page in its own words for everything else.</summary>
public static class TokenService
{
    private const string Program = "/usr/sbin/nginx";

    /// <param name="answers">By tenant: the status and the JSON of its token endpoint.</param>
    public static Task<Daemon> StartAsync(string folder, int port, LabCertificates certificates, IReadOnlyDictionary<string, (int Status, string Json)> answers)
    {
        var locations = answers.Select(a => $$"""
                location = /{{a.Key}}/oauth2/v2.0/token { return {{a.Value.Status}} '{{a.Value.Json}}'; }
            """);
        var temporary = new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"  {kind}_temp_path {folder}/nginx-{kind};");
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            # One process, so that it needs no other user than the one who runs the tests.
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log stderr notice;
            events { }
            http {
            {{string.Join('\n', temporary)}}
              access_log {{folder}}/nginx-access.log;
              server {
                listen 127.0.0.1:{{port}} ssl;
                ssl_certificate {{certificates.Server.Certificate}};
                ssl_certificate_key {{certificates.Server.Key}};
                default_type application/json;
            {{string.Join('\n', locations)}}
                location / { default_type text/html; return 404; }
              }
            }
            """);
        return Daemon.StartAsync(folder, port, [Daemon.Find(Program), "-e", "stderr", "-p", folder, "-c", file]);
    }
}
