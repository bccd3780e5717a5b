using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Clears up after hand-ins, at the start, each hour, and when a hand-in of this process broke off: mailings that were never
/// received whole, and idempotency keys that were kept long enough. A portion at a time, with a breath between for the others.
/// </summary>
internal sealed partial class HandInSweep(AbandonedMailings abandoned, HandInKeys keys, ReceivingMailings receiving, TimeProvider time, ILogger<HandInSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not in the way of the start.
        await Task.Yield();
        while (true)
        {
            await SweepAsync(stoppingToken);
            await RestAsync(stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        try
        {
            while (await abandoned.DeletePortionAsync(ct) | await keys.DeletePortionAsync(ct))
            {
                await Task.Delay(Breath, time, ct);
            }
        }
        catch (DbException ex)
        {
            // A full disk or a locked database passes; what is left lies an hour longer and harms nobody.
            LogFailed(log, ex);
        }
    }

    /// <summary>An hour, or until something was left behind.</summary>
    private async Task RestAsync(CancellationToken ct)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(Rest, time, rest.Token), receiving.Left.ReadAsync(rest.Token).AsTask());
        await rest.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What broken hand-ins left behind could not be deleted; the next try is in an hour.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
