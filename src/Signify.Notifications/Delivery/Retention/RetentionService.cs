using Microsoft.Extensions.Logging;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Retention;

/// <summary>
/// Runs the sweep each hour, portion after portion with a breath between them, for those who send. Then deletes sessions that ran out.
/// </summary>
internal sealed class RetentionService(
    RetentionSweep sweep, UserSessions sessions, UnknownAccounts unknown, TimeProvider time, ILogger<RetentionService> log)
        : ResilientService(time, log)
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time = time;

    // A full disk or a locked database passes; what is stored a little longer harms nothing.
    protected override TimeSpan RetryAfter => TimeSpan.FromMinutes(5);

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [RunAsync];

    private async Task RunAsync(CancellationToken ct)
    {
        // Not in the way of the start, and of a program that is started for a moment not at all.
        await Task.Delay(AfterStart, _time, ct);
        while (true)
        {
            var more = await sweep.RunPortionAsync(ct);
            if (!more)
            {
                await sessions.DeleteExpiredAsync(ct);
                await unknown.TrimAsync(UnknownAccounts.Most, ct);
            }

            await Task.Delay(more ? Breath : Rest, _time, ct);
        }
    }
}
