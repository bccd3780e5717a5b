using Microsoft.Extensions.Diagnostics.HealthChecks;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// For operators: whether the process lives, and whether it is ready: it can store what is handed in, and claim what is due where it
/// sends. One word for everyone; who may read gets more of it.
/// </summary>
internal static class Health
{
    // Who asks gets an answer in two seconds, however long a database keeps silent.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<Stays>("stays", timeout: Limit)
        .AddCheck<Stores>("stores", timeout: Limit);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthDetails.WriteAsync }).AllowAnonymous();
    }

    /// <summary>A process that stops brings what it has to its end, and takes nothing new.</summary>
    private sealed class Stays(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The program stops.") : HealthCheckResult.Healthy());
    }

    private sealed class Stores(StoreProbe probe) : IHealthCheck
    {
        // A failure reaches the health service as an exception, which makes the answer "Unhealthy".
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await probe.AskAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
