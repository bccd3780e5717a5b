using Microsoft.Extensions.Logging;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Clears up after hand-ins, at the start, each hour, and when a hand-in of this process broke off: mailings that were never
/// received whole, and idempotency keys that were kept long enough. A portion at a time, with a breath between for the others.
/// </summary>
internal sealed class HandInSweep(AbandonedMailings abandoned, HandInKeys keys, ReceivingMailings receiving, TimeProvider time,
    ILogger<HandInSweep> log)
    : ResilientService(time, log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time = time;

    // A full disk or a locked database passes; what is left harms nothing.
    protected override TimeSpan RetryAfter => TimeSpan.FromMinutes(5);

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [RunAsync];

    private async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            while (await abandoned.DeletePortionAsync(ct) | await keys.DeletePortionAsync(ct))
            {
                await Task.Delay(Breath, _time, ct);
            }

            await RestAsync(ct);
        }
    }

    /// <summary>An hour, or until something was left behind.</summary>
    private async Task RestAsync(CancellationToken ct)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(Rest, _time, rest.Token), receiving.Left.ReadAsync(rest.Token).AsTask());
        await rest.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }
}
