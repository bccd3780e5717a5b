using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Alerts;
using Signify.Notifications.Health.Alerting;

namespace Signify.Notifications.Health;

/// <summary>For instances that send: looks, checks again, tells. Three loops, so that a slow check keeps no alert waiting, and no slow receiver a check.</summary>
internal sealed partial class HealthService(
    HealthWatch watch, Recheck recheck, AlertSender sender, AlertSignal signal, TimeProvider time, ILogger<HealthService> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not in the way of the start.
        await Task.Yield();
        Task RestAsync() => Task.Delay(Beat, time, stoppingToken);
        await Task.WhenAll(
            LoopAsync(RestAsync, watch.LookAsync, stoppingToken),
            LoopAsync(RestAsync, CheckAsync, stoppingToken),
            LoopAsync(() => signal.WaitAsync(Beat, time, stoppingToken), sender.TellDueAsync, stoppingToken));
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        if (await recheck.RunDueAsync(ct))
        {
            // What it found is seen before the next one begins.
            await watch.LookAsync(ct);
        }
    }

    private async Task LoopAsync(Func<Task> rest, Func<CancellationToken, Task> deed, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await rest();
            try
            {
                await deed(ct);
            }
            catch (Exception ex) when (!ct.IsCancellationRequested)
            {
                // The loop that must not die: a full disk or a fault of ours passes, and the rows are looked at again.
                LogFault(logger, ex);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The watch over the settings broke off; it looks again shortly.")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
