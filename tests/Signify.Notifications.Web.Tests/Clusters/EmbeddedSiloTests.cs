using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Signify.Notifications.Cluster.Tests.Hosting;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Clusters;

/// <summary>Beside the embedded database Orleans listens on loopback, where other processes of the machine must not take part.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class EmbeddedSiloTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_knows_no_secret_of_the_process_is_hung_up_on()
    {
        await using var program = await TestProgram.StartAsync(("Dispatch:Enabled", "true"));
        var endpoint = program.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        using var own = TestPairs.MakeElliptic("signify-embedded");

        // It is TLS that hangs up, and not Orleans on bytes that it does not understand.
        Assert.Equal("CN=signify-embedded", await SiloDoor.HangsUpAsync(endpoint.SiloPort, shown: null, Ct));
        Assert.Equal("CN=signify-embedded", await SiloDoor.HangsUpAsync(endpoint.SiloPort, own, Ct));
        await HangsUpOnPlainTextAsync(endpoint.SiloPort);
        Assert.Equal(0, endpoint.GatewayPort);
    }

    [Fact]
    public async Task Each_process_is_a_cluster_of_its_own()
    {
        await using var first = await TestProgram.StartAsync(("Dispatch:Enabled", "true"));
        await using var second = await TestProgram.StartAsync(("Dispatch:Enabled", "true"));

        Assert.NotEqual(ClusterId(first), ClusterId(second));

        static string ClusterId(TestProgram program) => program.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId;
    }

    private static async Task HangsUpOnPlainTextAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Ct);
        var stream = client.GetStream();
        await stream.WriteAsync(new byte[64], Ct);
        var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, Ct);
        }
        catch (IOException)
        {
            // Reset instead of closed.
        }

        // A TLS alert at most.
        Assert.InRange(received.Length, 0, 16);
    }
}
