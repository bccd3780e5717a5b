using Microsoft.AspNetCore.Mvc;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Api;

/// <summary>Answers 429 to a caller that is at one of its <see cref="CallerLimits"/>.</summary>
internal static class CallerLimitFilters
{
    private const string TooMany = "Too many requests";

    /// <summary>Requests of an API key. An event stream lasts for hours and has a limit of its own.</summary>
    public static RouteGroupBuilder LimitKeys(this RouteGroupBuilder api)
    {
        api.AddEndpointFilter(async (call, next) =>
        {
            var http = call.HttpContext;
            if (http.GetEndpoint()?.Metadata.GetMetadata<EventStreamMark>() is not null)
            {
                return await next(call);
            }

            using var lease = http.RequestServices.GetRequiredService<CallerLimits>().StartRequest(http.User);
            return lease is null or { IsAcquired: true }
                ? await next(call)
                : Refuse(http, "1", "This API key is at its limit of requests. Send the request again later.");
        });
        return api.ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    public static RouteHandlerBuilder LimitStreams(this RouteHandlerBuilder stream) =>
        stream.WithMetadata(new EventStreamMark()).AddEndpointFilter(async (call, next) =>
        {
            var http = call.HttpContext;
            using var lease = http.RequestServices.GetRequiredService<CallerLimits>().StartStream(http.User);
            return lease.IsAcquired
                ? await next(call)
                : Refuse(http, "60", "This caller has as many event streams open as it may. Close one first.");
        });

    private static IResult Refuse(HttpContext http, string seconds, string detail)
    {
        http.Response.Headers.RetryAfter = seconds;
        return TypedResults.Problem(new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Title = TooMany, Detail = detail });
    }

    private sealed class EventStreamMark;
}
