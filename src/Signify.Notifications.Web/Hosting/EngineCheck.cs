using Microsoft.Extensions.Diagnostics.HealthChecks;
using Signify.Notifications.Delivery.Grains;
using Signify.Notifications.Delivery.Sending.Recording;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Whether this instance could claim: the engine counts it as alive and answered recently, and results can be recorded.</summary>
internal sealed class EngineCheck(ISiloStatusOracle silo, EngineBeat beat, SendRecorder recorder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        silo.CurrentStatus != SiloStatus.Active ? HealthCheckResult.Unhealthy($"The engine is {silo.CurrentStatus}.")
        : recorder.IsStuck ? HealthCheckResult.Unhealthy("Results of sent messages cannot be recorded.")
        : !beat.Beats ? HealthCheckResult.Unhealthy("The engine does not answer.")
        : HealthCheckResult.Healthy());
}
