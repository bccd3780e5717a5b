using System.Collections.Concurrent;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Notices forwarded headers of a proxy that <c>Proxies:Known</c> does not name. The program ignores them: links and sign-in limits then
/// use the proxy's own address, which nothing else would show.
/// </summary>
internal sealed partial class UnknownProxies(ILogger<UnknownProxies> logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // Callers choose their addresses: the list must not grow with them.
    private const int MostAddresses = 20;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new();

    /// <summary>One sent a forwarded header within the last two hours.</summary>
    public bool Any => _seen.Any(s => time.GetUtcNow() - s.Value < 2 * Pause);

    /// <summary>After the forwarded headers of known proxies are applied and removed.</summary>
    public void Observe(HttpContext http)
    {
        if (!http.Request.Headers.ContainsKey("X-Forwarded-Proto"))
        {
            return;
        }

        var (address, now) = (RateLimits.Address(http), time.GetUtcNow());
        var known = _seen.TryGetValue(address, out var last);
        if ((known && now - last < Pause) || (!known && !HasRoom(now)))
        {
            return;
        }

        _seen[address] = now;
        LogUnknown(address);
    }

    private bool HasRoom(DateTimeOffset now)
    {
        if (_seen.Count >= MostAddresses)
        {
            foreach (var old in _seen.Where(s => now - s.Value >= Pause))
            {
                _seen.TryRemove(old);
            }
        }

        return _seen.Count < MostAddresses;
    }

    [LoggerMessage(2101, LogLevel.Warning,
        "X-Forwarded-Proto from {Address} is ignored: Proxies:Known does not name this proxy. "
            + "Add it, so that links and sign-in limits use the caller's address.")]
    private partial void LogUnknown(string address);
}
