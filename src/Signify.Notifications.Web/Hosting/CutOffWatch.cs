using Signify.Notifications.Delivery.Grains;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// Sees that this process alone has lost the database. Its mailboxes would stand still in its hands, as it answers the others
/// still: it leaves, so that one of them takes over. When nobody reaches the database, everybody waits.
/// </summary>
internal sealed partial class CutOffWatch(
    IGrainFactory grains, ILocalSiloDetails self, ISiloStatusOracle others, DatabaseReach reach, ProcessExit exit, TimeProvider time, ILogger<CutOffWatch> logger)
    : ResilientService(time, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // After a restart of the database the others may have seen it a moment before this one asks again.
    private static readonly TimeSpan AskingAgain = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;

    protected override TimeSpan RetryAfter => Every;

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [RunAsync];

    private async Task RunAsync(CancellationToken ct)
    {
        // Here, so that the others find it here.
        await grains.GetGrain<IProcessGrain>(self.SiloAddress.ToParsableString()).ReachesDatabaseAsync();
        using var timer = new PeriodicTimer(Every, _time);
        long? aloneSince = null;
        while (await timer.WaitForNextTickAsync(ct))
        {
            aloneSince = reach.Silent > Patience && await SomebodyElseReachesItAsync() ? aloneSince ?? _time.GetTimestamp() : null;
            if (aloneSince is { } since && _time.GetElapsedTime(since) >= AskingAgain && reach.Silent > Patience)
            {
                LogCutOff(_logger, reach.Silent.TotalSeconds);
                exit.Leave();
            }
        }
    }

    private async Task<bool> SomebodyElseReachesItAsync()
    {
        var asked = others.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(self.SiloAddress)).Select(AskAsync);
        return (await Task.WhenAll(asked)).Any(yes => yes);
    }

    private async Task<bool> AskAsync(SiloAddress silo)
    {
        try
        {
            // One that is gone would be answered for by this process: that does not count.
            return await grains.GetGrain<IProcessGrain>(silo.ToParsableString()).ReachesDatabaseAsync().WaitAsync(Limit, _time) is { } answering
                && answering != self.SiloAddress.ToParsableString();
        }
        catch (Exception ex) when (ex is TimeoutException or OrleansException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "This process has not reached the database for {Seconds:0} s, and another one does: it leaves, so that its mailboxes go on elsewhere.")]
    private static partial void LogCutOff(ILogger logger, double seconds);
}
