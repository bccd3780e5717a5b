using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Signify.Notifications.Web.Access;

/// <summary>Counts keys that nobody has.</summary>
internal sealed class FailedAttempts(IOptions<RateLimitOptions> limits) : IDisposable
{
    public const int SignInsBeforeLock = 5;
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> _keys = Limiter(limits.Value.WrongKeysPerMinute, TimeSpan.FromMinutes(1));

    /// <returns>False when the caller's address has had its share of wrong keys.</returns>
    public bool NoteKey(HttpContext context)
    {
        using var lease = _keys.AttemptAcquire(RateLimits.Address(context));
        return lease.IsAcquired;
    }

    public void Dispose() => _keys.Dispose();

    private static PartitionedRateLimiter<string> Limiter(int most, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = most,
            Window = window,
            QueueLimit = 0,
        }));
}
