using Microsoft.Extensions.Hosting;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>Beats the dispatcher twice a second while this process sends, and lets the messages on their way end when it stops.</summary>
internal sealed class DispatchBeat(IGrainFactory grains, RunningPumps running, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await running.StopAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await grains.GetGrain<IDispatcherGrain>(0).BeatAsync();
        }
    }
}
