using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Signify.Notifications.Delivery.Retention;

/// <summary>Runs the sweep each hour, portion after portion with a breath between them, for those who send.</summary>
internal sealed partial class RetentionService(RetentionSweep sweep, TimeProvider time, ILogger<RetentionService> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not in the way of the start, and of a program that is started for a moment not at all.
        await Task.Delay(TimeSpan.FromMinutes(1), time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await SweepAsync(stoppingToken) ? Breath : Rest, time, stoppingToken);
        }
    }

    private async Task<bool> SweepAsync(CancellationToken ct)
    {
        try
        {
            return await sweep.RunPortionAsync(ct);
        }
        catch (System.Data.Common.DbException ex)
        {
            // A full disk or a locked database passes; what is kept an hour longer harms nobody.
            LogFailed(log, ex);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was kept long enough could not be deleted; the next try is in an hour.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
