using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>GET /api/v1/events</c>: what happens in the ruleset, as it happens.</summary>
internal static class EventsApi
{
    public static void MapEvents(this RouteGroupBuilder api) => api.MapGet("/events", (CurrentRuleset ruleset, CheckRunner runner, HttpResponse response, CancellationToken ct) =>
        {
            // A proxy that buffers would hold the events back until the end.
            response.Headers["X-Accel-Buffering"] = "no";
            return TypedResults.ServerSentEvents(ChecksAsync(ruleset.Id, runner, ct));
        })
        .RequireAuthorization(AccessPolicies.Events).WithTags("Events")
        .WithSummary("Server-sent events: check (the state of the check under way, after each change).");

    private static async IAsyncEnumerable<SseItem<string>> ChecksAsync(Guid rulesetId, CheckRunner runner, [EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var progress = await runner.NextAsync(rulesetId, ct);
            await foreach (var report in progress.WatchAsync(ct))
            {
                var state = new { revision = progress.Revision.Number, finished = !report.Running, check = report };
                yield return new SseItem<string>(JsonSerializer.Serialize(state, FindingJson.Options), "check");
            }
        }
    }
}
