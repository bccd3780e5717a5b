using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Signify.Notifications.Delivery;

namespace Signify.Notifications.Web.Hosting;

/// <summary>The engine under delivery: Orleans as one local silo that listens on loopback only. The only file of the host that mentions it beside its check.</summary>
internal static class DispatchHosting
{
    // A message on its way is given the settings' Timeout, 600 seconds at most, to come to its end.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(630);

    public static void AddDispatching(this WebApplicationBuilder builder)
    {
        var dispatch = builder.Configuration.GetSection("Dispatch").Get<DispatchOptions>() ?? new DispatchOptions();
        if (!dispatch.Enabled)
        {
            return;
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.Host.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort: FreePort(dispatch.SiloPort), gatewayPort: 0)
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("signify", "signify-notifications")));
        // After the engine, so that it stops before: the senders finish while the engine still lives.
        builder.Services.AddDispatch();
        builder.Services.AddHealthChecks().AddCheck<EngineCheck>("claims");
    }

    /// <summary>The wanted port, or any when another program has it: nobody but this process connects to it.</summary>
    private static int FreePort(int wanted)
    {
        try
        {
            return Probe(wanted);
        }
        catch (SocketException)
        {
            return Probe(0);
        }
    }

    private static int Probe(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
