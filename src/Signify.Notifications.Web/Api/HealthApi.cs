using Microsoft.AspNetCore.Http.HttpResults;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Health;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>/api/v1/health</c>: how the settings of the ruleset are, without looking at a page.</summary>
internal static class HealthApi
{
    public static void MapHealthDetails(this RouteGroupBuilder api) =>
        api.MapGet("/health", ReadAsync).RequireAuthorization(AccessPolicies.Read).WithTags("Health")
            .WithSummary("The last check of the settings, the next one, holds, the end of the credential, and the alerts that stand.");

    private static async Task<Ok<HealthJson>> ReadAsync(CurrentRuleset ruleset, HealthReader health, OverviewReader overview, CancellationToken ct) =>
        TypedResults.Ok(HealthJson.Of(await health.ReadAsync(ruleset.Id, ct), await overview.HoldAsync(ruleset.Id, ct)));
}
