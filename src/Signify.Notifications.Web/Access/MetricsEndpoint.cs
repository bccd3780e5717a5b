namespace Signify.Notifications.Web.Access;

/// <summary><c>/metrics</c> in Prometheus' format: numbers of this process and of the queue, no addresses, no secrets.</summary>
internal static class MetricsEndpoint
{
    public static void AddMetricsDoor(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<MetricsOptions>().BindConfiguration("Telemetry").ValidateDataAnnotations().ValidateOnStart();

    public static void MapMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(AccessPolicies.Metrics);
}
