using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Health;
using Signify.Notifications.Web.Api;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Signify.Notifications.Web.Access;

/// <summary>What <c>/health/ready</c> says: one word to everyone, and to an administrator or a key that may read how their own ruleset is.</summary>
internal static class HealthDetails
{
    public static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.Headers.Vary = "Authorization, Cookie";
        // Without the database nobody can be recognised.
        if (report.Status != HealthStatus.Healthy || await ReaderAsync(http) is not { } rulesetId)
        {
            http.Response.ContentType = "text/plain";
            await http.Response.WriteAsync(report.Status.ToString(), http.RequestAborted);
            return;
        }

        var services = http.RequestServices;
        var health = await services.GetRequiredService<HealthReader>().ReadAsync(rulesetId, http.RequestAborted);
        var hold = await services.GetRequiredService<OverviewReader>().HoldAsync(rulesetId, http.RequestAborted);
        await http.Response.WriteAsJsonAsync(
            new ReadyJson(report.Status.ToString(), "answers", HealthJson.Of(health, hold)),
            services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions, contentType: null, http.RequestAborted);
    }

    /// <returns>The ruleset that the caller may know of; null for everyone else.</returns>
    private static async Task<Guid?> ReaderAsync(HttpContext http)
    {
        if (await http.AuthenticateAsync(Users.KeyOrCookie) is not { Succeeded: true, Principal: { } who })
        {
            return null;
        }

        if (who.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme)
        {
            await http.RequestServices.GetRequiredService<ChosenRuleset>().EnterAsync(http, who);
        }

        return who.IsAdministrator() || who.HasClaim(AccessClaims.Scope, AccessPolicies.ScopeName(ApiKeyScopes.Read)) ? who.RulesetId() : null;
    }
}
