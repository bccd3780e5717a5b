using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Signify.Notifications.Access;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Logs refused API keys (401, 429) and missing rights (403) with the caller's address. At most five lines a minute for an address and
/// sixty in all; the line after a pause says how many were left out.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger) : IDisposable
{
    private const int LinesOfAddress = 5;
    private const int LinesOfAll = 60;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _lines = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(
            address => RateLimitPartition.GetFixedWindowLimiter(address, _ => Limit(LinesOfAddress))),
        PartitionedRateLimiter.Create<string, int>(_ => RateLimitPartition.GetFixedWindowLimiter(0, _ => Limit(LinesOfAll))));

    private long _leftOut;

    /// <param name="http">With its answer's status.</param>
    public void Note(HttpContext http)
    {
        var status = http.Response.StatusCode;
        // A key at its own limits is answered 429, too, and is not refused for what it is.
        var isKey = status is StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests
            && http.Request.Headers.Authorization.Count > 0 && http.User.Identity?.IsAuthenticated != true;
        // The page that shows a refusal is a second run of the same request.
        if ((!isKey && status != StatusCodes.Status403Forbidden) || http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            return;
        }

        var address = RateLimits.Address(http);
        using var line = _lines.AttemptAcquire(address);
        if (!line.IsAcquired)
        {
            Interlocked.Increment(ref _leftOut);
            return;
        }

        var leftOut = Interlocked.Exchange(ref _leftOut, 0);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no endpoint";
        if (isKey)
        {
            LogKey(address, Prefix(http), http.Request.Method, route, leftOut);
        }
        else
        {
            LogForbidden(address, Caller(http), http.Request.Method, route, leftOut);
        }
    }

    public void Dispose() => _lines.Dispose();

    // What the list of keys shows of a key, which tells nothing of the rest; of other text nothing, as it may be anything.
    private static string Prefix(HttpContext http) => ApiKeys.PublicPrefix(http.Request.Headers.Authorization.ToString()) ?? "unknown form";

    private static string Caller(HttpContext http) => http.User.Identity switch
    {
        { IsAuthenticated: true, AuthenticationType: ApiKeyHandler.Scheme } => "an API key",
        { IsAuthenticated: true } => $"user {http.User.UserId()}",
        _ => "an anonymous caller",
    };

    private static FixedWindowRateLimiterOptions Limit(int lines) => new() { PermitLimit = lines, Window = Window, QueueLimit = 0 };

    [LoggerMessage(2102, LogLevel.Warning,
        "An API key ({Prefix}) from {Address} was refused: {Method} {Route}. {LeftOut} similar lines were left out before.")]
    private partial void LogKey(string address, string prefix, string method, string route, long leftOut);

    [LoggerMessage(2103, LogLevel.Warning,
        "{Caller} from {Address} was refused for lack of rights: {Method} {Route}. {LeftOut} similar lines were left out before.")]
    private partial void LogForbidden(string address, string caller, string method, string route, long leftOut);
}
