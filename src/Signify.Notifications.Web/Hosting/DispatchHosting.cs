using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Configuration;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Hosting;

/// <summary>The engine under delivery, Orleans: one local silo that listens on loopback only, or one of a cluster with PostgreSQL.</summary>
internal static class DispatchHosting
{
    // A message on its way is given the settings' Timeout, 600 seconds at most, to come to its end.
    internal static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(630);

    private const string Service = "signify-notifications";

    public static void AddDispatching(this WebApplicationBuilder builder)
    {
        var dispatch = builder.Configuration.GetSection("Dispatch").Get<DispatchOptions>() ?? new DispatchOptions();
        if (!dispatch.Enabled)
        {
            return;
        }

        var database = builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.Host.UseOrleans(silo =>
        {
            if (database.Provider == DatabaseProvider.PostgreSql)
            {
                silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("signify", Service));
                silo.JoinCluster(builder.Configuration.GetSection("Cluster").Get<ClusterEndpointOptions>() ?? new ClusterEndpointOptions());
            }
            else
            {
                StayAlone(silo, LoopbackPort.Free(dispatch.SiloPort));
            }
        });
        // After the engine, so that it stops before: the senders finish while the engine still lives.
        builder.Services.AddDispatch();
        builder.Services.AddHealthChecks().AddCheck<EngineCheck>("claims");
    }

    // Orleans listens on loopback, where any process of the machine could join, and end it. The certificate that it requires is created
    // now and never leaves this process.
    private static void StayAlone(ISiloBuilder silo, int port)
    {
        silo.UseLocalhostClustering(siloPort: port, gatewayPort: 0, serviceId: Service, clusterId: $"signify-{Guid.NewGuid():N}");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=signify-embedded", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddYears(100));
        // Windows offers no key that was never in a file.
        var own = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
        new ClusterTls(own, new ClusterTrust(own, rootsFile: null)).Use(silo);
    }
}
