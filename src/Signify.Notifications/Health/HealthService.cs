using Microsoft.Extensions.Logging;
using Signify.Notifications.Alerts;
using Signify.Notifications.Health.Alerting;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Health;

/// <summary>For instances that send: looks, checks again, tells. Three loops, so that a slow check keeps no alert waiting, and no slow receiver a check.</summary>
internal sealed class HealthService(
    HealthWatch watch, ApiKeyWatch keys, Recheck recheck, AlertSender sender, AlertSignal signal, TimeProvider time,
    ILogger<HealthService> logger)
        : ResilientService(time, logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time = time;

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [WatchAsync, RecheckAsync, AlertAsync];

    private async Task WatchAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Beat, _time, ct);
            await watch.LookAsync(ct);
            await keys.CheckAsync(ct);
        }
    }

    private async Task RecheckAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Beat, _time, ct);
            await CheckAsync(ct);
        }
    }

    private async Task AlertAsync(CancellationToken ct)
    {
        while (true)
        {
            await signal.WaitAsync(Beat, _time, ct);
            await sender.TellDueAsync(ct);
        }
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        if (await recheck.RunDueAsync(ct))
        {
            // What it found is seen before the next one begins.
            await watch.LookAsync(ct);
        }
    }
}
