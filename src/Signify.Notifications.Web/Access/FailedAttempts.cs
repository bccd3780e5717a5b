using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Signify.Notifications.Web.Access;

/// <summary>Counts failures that no row counts: keys that nobody has, and accounts that do not exist.</summary>
internal sealed class FailedAttempts(IOptions<RateLimitOptions> limits) : IDisposable
{
    public const int SignInsBeforeLock = 5;
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> _keys = Limiter(limits.Value.WrongKeysPerMinute, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> _accounts = Limiter(SignInsBeforeLock, LockTime);

    /// <returns>False when the caller's address has had its share of wrong keys.</returns>
    public bool NoteKey(HttpContext context)
    {
        using var lease = _keys.AttemptAcquire(RateLimits.Address(context));
        return lease.IsAcquired;
    }

    public bool IsLocked(string account)
    {
        using var lease = _accounts.AttemptAcquire(account, permitCount: 0);
        return !lease.IsAcquired;
    }

    /// <summary>An account that does not exist locks like one that does, so the lock tells nobody which addresses have an account.</summary>
    /// <returns>True when that was one too many.</returns>
    public bool NoteUnknownAccount(string account)
    {
        _accounts.AttemptAcquire(account).Dispose();
        return IsLocked(account);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _accounts.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int most, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = most,
            Window = window,
            QueueLimit = 0,
        }));
}
