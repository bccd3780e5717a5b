using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Signify.Notifications.Web.Access;

/// <summary>How much one caller may ask for: requests of an API key at a time and a minute, event streams of a key or user.</summary>
internal sealed class CallerLimits(IOptions<RateLimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _requests = PartitionedRateLimiter.CreateChained(
        AtATime(options.Value.KeyConcurrency),
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(
            key,
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = options.Value.KeyRequestsPerMinute,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            })));

    private readonly PartitionedRateLimiter<string> _streams = AtATime(options.Value.StreamsPerCaller);

    /// <returns>Disposed when the request has ended; null for a caller without a key, who is not limited here.</returns>
    public RateLimitLease? StartRequest(ClaimsPrincipal who) => Key(who) is { } key ? _requests.AttemptAcquire(key) : null;

    /// <returns>Disposed when the stream has ended.</returns>
    public RateLimitLease StartStream(ClaimsPrincipal who) => _streams.AttemptAcquire(Key(who) ?? $"user {who.UserId()}");

    public void Dispose()
    {
        _requests.Dispose();
        _streams.Dispose();
    }

    private static PartitionedRateLimiter<string> AtATime(int most) => PartitionedRateLimiter.Create<string, string>(
        caller => RateLimitPartition.GetConcurrencyLimiter(caller, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 }));

    private static string? Key(ClaimsPrincipal who) =>
        who.FindFirstValue(AccessClaims.KeyName) is { } name ? $"key {who.RulesetId()} {name}" : null;
}
