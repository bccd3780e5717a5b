using System.Net;
using Orleans.Configuration;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Hosting;

/// <summary>One process of several: they find each other in the database, and a mailbox of one that dies is another's within seconds.</summary>
internal static class ClusterHosting
{
    /// <exception cref="StartRefusedException">Other machines reach the address and there is no certificate, or it cannot be opened.</exception>
    public static void JoinCluster(this ISiloBuilder silo, ClusterEndpointOptions options)
    {
        silo.Services.AddClusterMembership().AddHostedService<CutOffWatch>().AddSingleton<IFatalErrorHandler, LeaveWhenDead>()
            .AddSingleton(provider => new SenderIdentity(provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString()));
        // Now, and not when the engine starts: the database would be asked before, and a wrong address would wait for it.
        var address = Address(options);
        silo.Configure<EndpointOptions>(endpoint => Listen(endpoint, address, options.SiloPort));
        // The default directory agrees in the end; two owners of a mailbox for a moment are two too many.
#pragma warning disable ORLEANSEXP003 // The strong directory is marked experimental; docs/decisions/0023 says why it is used.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.FromSeconds(5));
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            (membership.ProbeTimeout, membership.MaxProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), 3);
            (membership.DefunctSiloCleanupPeriod, membership.DefunctSiloExpiration) = (TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        });
        if (options.Certificate is { Length: > 0 } path)
        {
            var own = PfxFile.Load("Cluster:Certificate", path, options.CertificatePassword);
            new ClusterTls(own, new ClusterTrust(own, options.TrustedRoots)).Use(silo);
        }
    }

    private static void Listen(EndpointOptions endpoint, IPAddress address, int port)
    {
        endpoint.AdvertisedIPAddress = address;
        // On loopback the processes are on one machine: each needs a port of its own, and the others learn it from the database.
        endpoint.SiloPort = IPAddress.IsLoopback(address) ? LoopbackPort.Free(port) : port == 0 ? ClusterEndpointOptions.DefaultSiloPort : port;
        endpoint.SiloListeningEndpoint = new IPEndPoint(address, endpoint.SiloPort);
        endpoint.GatewayPort = 0;
    }

    private static IPAddress Address(ClusterEndpointOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Address))
        {
            return IPAddress.Loopback;
        }

        if (!IPAddress.TryParse(options.Address, out var address))
        {
            throw new StartRefusedException($"Cluster:Address is {options.Address}: it takes this machine's IP address in the private network of the cluster.");
        }

        return IPAddress.IsLoopback(address) || options.Certificate is { Length: > 0 }
            ? address
            : throw new StartRefusedException(
                $"Cluster:Address is {address}, and Cluster:Certificate is not set: any program that reaches this port could join the cluster. Give all processes a certificate in Cluster:Certificate.");
    }
}
