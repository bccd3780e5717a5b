using Orleans.Configuration;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Hosting;

/// <summary>The engine under delivery, Orleans: one local silo that listens on loopback only, or one of a cluster with PostgreSQL.</summary>
internal static class DispatchHosting
{
    // A message on its way is given the settings' Timeout, 600 seconds at most, to come to its end.
    internal static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(630);

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
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("signify", "signify-notifications"));
            if (database.Provider == DatabaseProvider.PostgreSql)
            {
                silo.JoinCluster(builder.Configuration.GetSection("Cluster").Get<ClusterEndpointOptions>() ?? new ClusterEndpointOptions());
            }
            else
            {
                silo.UseLocalhostClustering(siloPort: LoopbackPort.Free(dispatch.SiloPort), gatewayPort: 0);
            }
        });
        // After the engine, so that it stops before: the senders finish while the engine still lives.
        builder.Services.AddDispatch();
        builder.Services.AddHealthChecks().AddCheck<EngineCheck>("claims");
    }
}
