using Microsoft.Extensions.Hosting;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>Beats the dispatcher twice a second while this process sends, wakes a mailbox at once for which something was handed in here, and lets the messages on their way end when it stops.</summary>
internal sealed class DispatchBeat(IGrainFactory grains, HandInSignal handedIn, RunningPumps running, EngineBeat beat, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await running.StopAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(BeatAsync(stoppingToken), ListenAsync(stoppingToken));

    private async Task BeatAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Beat, time);
        do
        {
            await grains.GetGrain<IDispatcherGrain>(0).BeatAsync();
            beat.Answered();
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await foreach (var mailbox in handedIn.Raised.ReadAllAsync(ct))
        {
            await grains.GetGrain<IMailboxGrain>(mailbox).WakeAsync(mailbox);
        }
    }
}
