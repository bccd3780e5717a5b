using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Signify.Notifications.Persistence;

/// <summary>
/// A hosted service whose loops survive any exception but their own cancellation: the failure is logged, and after
/// <see cref="RetryAfter"/> the loop starts again. Every background loop of the program is one: an exception that escapes a
/// <see cref="BackgroundService"/> stops the host.
/// </summary>
public abstract partial class ResilientService(TimeProvider time, ILogger logger) : BackgroundService
{
    protected virtual TimeSpan RetryAfter => TimeSpan.FromSeconds(5);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts services one after the other: none delays the next.
        await Task.Yield();
        await Task.WhenAll(Loops.Select(loop => RepeatAsync(loop, stoppingToken)));
    }

    /// <summary>Each runs until it is cancelled, and fails and restarts on its own.</summary>
    protected abstract IReadOnlyList<Func<CancellationToken, Task>> Loops { get; }

    private async Task RepeatAsync(Func<CancellationToken, Task> loop, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await loop(ct);
            }
            catch (Exception ex) when (!ct.IsCancellationRequested)
            {
                LogFailed(logger, ex, GetType().Name, loop.Method.Name, RetryAfter.TotalSeconds);
                await Task.Delay(RetryAfter, time, ct);
            }
        }
    }

    [LoggerMessage(EventId = 1901, EventName = "BackgroundLoopFailed", Level = LogLevel.Error,
        Message = "Background loop {Service}.{Loop} failed; retrying in {Seconds} s.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string service, string loop, double seconds);
}
