using Microsoft.AspNetCore.Http.HttpResults;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>/api/v1/hold</c> and <c>/api/v1/resume</c>: stop and go on for the ruleset.</summary>
internal static class HoldApi
{
    public static void MapHold(this RouteGroupBuilder api)
    {
        api.MapGet("/hold", ReadAsync).RequireAuthorization(AccessPolicies.Read).WithTags("Hold")
            .WithSummary("Whether sending is stopped or waits, and why.");
        api.MapPost("/hold", HoldAsync).RequireAuthorization(AccessPolicies.Send).WithTags("Hold")
            .WithSummary("Stops sending until it is resumed. What is handed in waits.");
        api.MapPost("/resume", ResumeAsync).RequireAuthorization(AccessPolicies.Send).WithTags("Hold")
            .WithSummary("Lifts every hold, the program's too, and every wait.");
    }

    private static async Task<Ok<HoldJson>> ReadAsync(CurrentRuleset ruleset, OverviewReader reader, CancellationToken ct) =>
        TypedResults.Ok(HoldJson.Of(await reader.HoldAsync(ruleset.Id, ct)));

    private static async Task<Ok<HoldJson>> HoldAsync(CurrentRuleset ruleset, SendingHold hold, OverviewReader reader, HttpContext http, CancellationToken ct)
    {
        await hold.HoldAsync(ruleset.Id, http.User.By(), ct);
        return await ReadAsync(ruleset, reader, ct);
    }

    private static async Task<Ok<HoldJson>> ResumeAsync(CurrentRuleset ruleset, SendingHold hold, OverviewReader reader, HttpContext http, CancellationToken ct)
    {
        await hold.ResumeAsync(ruleset.Id, http.User.By(), ct);
        return await ReadAsync(ruleset, reader, ct);
    }
}
