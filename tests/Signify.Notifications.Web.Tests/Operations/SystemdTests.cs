using System.Net;
using System.Net.Sockets;
using System.Text;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The real program, told what systemd tells a service: where to report, and where its credentials lie.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-systemd-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_reports_ready_when_it_answers_and_reports_that_it_stops()
    {
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(_folder.FullName, "notify");
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        await using var program = await LabProgram.StartAsync(_folder.FullName, new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path });

        Assert.Equal("READY=1", await ReceiveAsync(systemd));
        using var http = new HttpClient { BaseAddress = program.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready", Ct)).StatusCode);

        var exit = program.TerminateAsync();
        Assert.Equal("STOPPING=1", await ReceiveAsync(systemd));
        Assert.Equal(0, await exit);
        // The journal knows the importance of a line by the number before it.
        Assert.Contains("<6>", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_come_as_credentials_and_files_among_them_stay_files()
    {
        var credentials = Directory.CreateDirectory(Path.Combine(_folder.FullName, "credentials")).FullName;
        var data = Path.Combine(_folder.FullName, "data");
        KeyCertificate.Write(credentials, "pfx password", "signify_keys.pfx");
        await File.WriteAllTextAsync(Path.Combine(credentials, "signify_Keys__CertificatePassword"), "pfx password\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(credentials, "other_Data__Directory"), "/nowhere", Ct);
        await using var program = await LabProgram.StartAsync(_folder.FullName, new Dictionary<string, string>
        {
            ["CREDENTIALS_DIRECTORY"] = credentials,
            ["Keys__Certificate"] = Path.Combine(credentials, "signify_keys.pfx"),
        }, data);
        using var http = new HttpClient { BaseAddress = program.Address };

        // The page makes an antiforgery token, and for it the first key.
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/account/signin", Ct)).StatusCode);

        Assert.Contains("EncryptedData", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(data, "keys"))), Ct), StringComparison.Ordinal);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Ct));
    }
}
