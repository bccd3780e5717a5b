using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Signify.Notifications.Web.Access;

/// <summary>How often one address may try to come in.</summary>
internal static class RateLimits
{
    /// <summary>For <c>[EnableRateLimiting]</c> on each page that anyone may open. Looking is free, posting counts.</summary>
    public const string Door = "door";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<FailedAttempts>().AddSingleton<CallerLimits>();
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(Door, Partition);
        });
    }

    /// <summary>The caller's address; of an IPv6 address the network, which one caller has to himself.</summary>
    public static string Address(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } v6 => new IPNetwork(new IPAddress([.. v6.GetAddressBytes().Take(8), .. new byte[8]]), 64).ToString(),
        var v4 => v4.ToString(),
    };

    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var most = context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value.SignInsPerMinute;
        return RateLimitPartition.GetSlidingWindowLimiter(Address(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = most,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
    }
}
