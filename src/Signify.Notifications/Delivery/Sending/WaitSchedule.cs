using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>How long a mailbox waits after a fault that is not one message's. Source of the ranges: Exchange Online's advice for each reply.</summary>
public static class WaitSchedule
{
    /// <summary>No wait is longer: no window of a provider is, and a longer <c>Retry-After</c> is cut to this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestThrottle = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan[] Unreachable =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
    ];

    /// <param name="waits">How often in a row it waited before.</param>
    /// <param name="asked">What the server asked for: obeyed to the second.</param>
    /// <param name="untilDayFree">When the daily window has room by our own count.</param>
    public static TimeSpan For(StopKind kind, int waits, TimeSpan? asked, TimeSpan untilDayFree, Random random) => asked ?? kind switch
    {
        StopKind.Throttled => Shorter((5 + (10 * random.NextDouble())) * Math.Pow(2, Math.Min(waits, 10)) * TimeSpan.FromSeconds(1), LongestThrottle),
        // Our count may be short of what other programs sent from this mailbox: then look again every hour.
        StopKind.Quota => untilDayFree > TimeSpan.Zero ? untilDayFree : TimeSpan.FromHours(1),
        _ => Unreachable[Math.Min(waits, Unreachable.Length - 1)] * (0.8 + (0.4 * random.NextDouble())),
    };

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
