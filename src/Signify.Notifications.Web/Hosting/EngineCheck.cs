using Microsoft.Extensions.Diagnostics.HealthChecks;
using Signify.Notifications.Delivery.Grains;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Whether this instance could claim: the engine counts it as alive, and answered it a moment ago.</summary>
internal sealed class EngineCheck(ISiloStatusOracle silo, EngineBeat beat) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        silo.CurrentStatus != SiloStatus.Active ? HealthCheckResult.Unhealthy($"The engine is {silo.CurrentStatus}.")
        : !beat.Beats ? HealthCheckResult.Unhealthy("The engine does not answer.")
        : HealthCheckResult.Healthy());
}
