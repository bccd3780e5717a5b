using Microsoft.Extensions.Logging;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>
/// Beats the dispatcher twice a second while this process sends, wakes a mailbox immediately for which something was submitted here, and
/// lets the messages in flight end when it stops.
/// </summary>
internal sealed class DispatchBeat(
    IGrainFactory grains, HandInSignal handedIn, RunningPumps running, EngineBeat beat, MailboxStates states, TimeProvider time,
    ILogger<DispatchBeat> logger)
    : ResilientService(time, logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>A dispatcher that takes longer is asked again, and readiness counts it as silent.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time = time;

    protected override TimeSpan RetryAfter => Beat;

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [BeatAsync, ListenAsync];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await running.StopAsync();
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Beat, _time);
        do
        {
            await grains.GetGrain<IDispatcherGrain>(0).BeatAsync().WaitAsync(Limit, _time, ct);
            beat.Answered();
            foreach (var mailbox in states.WaitsOverEarly())
            {
                await grains.GetGrain<IMailboxGrain>(mailbox).WakeAsync(mailbox);
            }
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
