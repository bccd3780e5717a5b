using Signify.Notifications.Delivery.Grains;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// Sees that this process alone has lost the database. Its mailboxes would stand still in its hands, as it answers the others
/// still: it leaves, so that one of them takes over. When nobody reaches the database, everybody waits.
/// </summary>
internal sealed partial class CutOffWatch(
    IGrainFactory grains, ILocalSiloDetails self, ISiloStatusOracle others, DatabaseReach reach, SendRecorder recorder, ProcessExit exit,
    TimeProvider time, ILogger<CutOffWatch> logger)
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

    private bool IsCutOff => reach.Silent > Patience || recorder.IsStuckAlone;

    private async Task RunAsync(CancellationToken ct)
    {
        // Here, so that the others find it here.
        await grains.GetGrain<IProcessGrain>(self.SiloAddress.ToParsableString()).ReachesDatabaseAsync();
        using var timer = new PeriodicTimer(Every, _time);
        long? aloneSince = null;
        while (await timer.WaitForNextTickAsync(ct))
        {
            aloneSince = IsCutOff && await AnotherProcessReachesItAsync() ? aloneSince ?? _time.GetTimestamp() : null;
            if (aloneSince is { } since && _time.GetElapsedTime(since) >= AskingAgain && IsCutOff)
            {
                LogCutOff(_logger, reach.Silent.TotalSeconds, recorder.Delay.TotalSeconds);
                exit.Leave();
            }
        }
    }

    private async Task<bool> AnotherProcessReachesItAsync()
    {
        var asked = others.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(self.SiloAddress)).Select(AskAsync);
        return (await Task.WhenAll(asked)).Any(yes => yes);
    }

    private async Task<bool> AskAsync(SiloAddress silo)
    {
        try
        {
            // One that is gone would be answered for by this process: that does not count.
            return await grains.GetGrain<IProcessGrain>(silo.ToParsableString()).ReachesDatabaseAsync()
                .WaitAsync(Limit, _time) is { } answering
                && answering != self.SiloAddress.ToParsableString();
        }
        catch (Exception ex) when (ex is TimeoutException or OrleansException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "This process cannot use the database (no answer for {Seconds:0} s, a result unrecorded for {Delay:0} s), "
            + "and another one can: it exits, so that others send.")]
    private static partial void LogCutOff(ILogger logger, double seconds, double delay);
}
