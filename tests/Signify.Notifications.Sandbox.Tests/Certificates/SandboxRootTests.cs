using System.Security.Cryptography.X509Certificates;

namespace Signify.Notifications.Sandbox.Tests.Certificates;

public sealed class SandboxRootTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_root_survives_a_restart_and_its_key_is_the_owners_alone()
    {
        var options = RunningSandbox.NewOptions();
        var first = await StartAndReadAsync(options);

        Assert.Equal(first, await StartAndReadAsync(options));
        var key = Path.Combine(options.DataDirectory, "sandbox-root.key");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }

        Directory.Delete(options.DataDirectory, recursive: true);
    }

    [Fact]
    public async Task A_damaged_root_is_replaced()
    {
        var options = RunningSandbox.NewOptions();
        var first = await StartAndReadAsync(options);
        await File.WriteAllTextAsync(Path.Combine(options.DataDirectory, "sandbox-root.key"), "damaged", Ct);

        Assert.NotEqual(first, await StartAndReadAsync(options));
        Directory.Delete(options.DataDirectory, recursive: true);
    }

    [Fact]
    public async Task A_taken_port_gives_way_to_a_free_one()
    {
        await using var first = await RunningSandbox.StartAsync();
        var port = first.Host.SmtpPort;

        await using var second = await RunningSandbox.StartAsync(configure: options => options.SmtpPort = port);

        Assert.NotEqual(port, second.Host.SmtpPort);
        using var client = await second.ConnectAsync(Ct);
        Assert.True(client.IsSecure);
    }

    private static async Task<string> StartAndReadAsync(SandboxOptions options)
    {
        await using var host = await SandboxHost.StartAsync(options, TimeProvider.System, null, Ct);
        using var root = X509CertificateLoader.LoadCertificateFromFile(host.RootCertificatePath);
        return root.Thumbprint;
    }
}
