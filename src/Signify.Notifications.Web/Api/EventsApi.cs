using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Findings;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>GET /api/v1/events</c>: what happens in the ruleset, as it happens.</summary>
internal static class EventsApi
{
    public static void MapEvents(this RouteGroupBuilder api) => api.MapGet("/events", FollowAsync)
        .LimitStreams()
        .RequireAuthorization(AccessPolicies.Events).WithTags("Events").Produces<string>(contentType: "text/event-stream")
        .WithSummary("Server-sent events: check (the check under way, after each change; finished with its verdict), overview, hold and mailing (how things stand, then each change; of one mailing at most one a second).");

    private static async Task FollowAsync(
        HttpContext http, CurrentRuleset ruleset, CheckRunner runner, DeliveryFeed feed, AccessWatch access, TimeProvider time, IHostApplicationLifetime program, CancellationToken ct)
    {
        // Who listens must not keep the program from stopping.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, program.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache,no-store";
        // A proxy that buffers would hold the events back until the end.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        // At once, though nothing may happen for hours: a caller knows that it listens, and no time limit for headers strikes.
        await http.Response.Body.FlushAsync(ct);
        try
        {
            var id = ruleset.Id;
            await using var watch = access.Start(http.User, end);
            await EventStream.WriteAsync(http.Response.Body, time, end.Token, stop => ChecksAsync(id, runner, stop), stop => DeliveryEvents.FollowAsync(feed, id, stop));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The program stops, or the access is gone. The stream ends here; EventSource comes back by itself, and is let in or not.
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> ChecksAsync(Guid rulesetId, CheckRunner runner, [EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var progress = await runner.NextAsync(rulesetId, ct);
            await foreach (var report in progress.WatchAsync(ct))
            {
                // All steps may be done and the verdict still be on its way to the database.
                var finished = progress.Completion.IsCompletedSuccessfully && ReferenceEquals(report, await progress.Completion);
                var state = new { revision = progress.Revision.Number, finished, check = report };
                yield return new SseItem<string>(JsonSerializer.Serialize(state, FindingJson.Options), "check");
            }
        }
    }
}
