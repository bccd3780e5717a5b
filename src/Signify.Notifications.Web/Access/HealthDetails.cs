using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Health;
using Signify.Notifications.Persistence;
using Signify.Notifications.Web.Access.Sessions;
using Signify.Notifications.Web.Api;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Signify.Notifications.Web.Access;

/// <summary>What <c>/health/ready</c> says: one word to everyone, and to an administrator or a key that may read how their own ruleset is.</summary>
internal static class HealthDetails
{
    public static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.Headers.Vary = "Authorization, Cookie";
        try
        {
            await WriteHealthyAsync(http, report);
        }
        catch (Exception ex) when (DatabaseFault.Find(ex) is not null && !http.Response.HasStarted)
        {
            // The database failed after the checks had passed.
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await WriteWordAsync(http, HealthStatus.Unhealthy, DatabaseFault.Find(ex));
        }
    }

    private static async Task WriteHealthyAsync(HttpContext http, HealthReport report)
    {
        // Without the database nobody can be recognised.
        if (report.Status != HealthStatus.Healthy || await ReaderAsync(http) is not { } rulesetId)
        {
            await WriteWordAsync(http, report.Status, report.Entries.Values.Select(e => DatabaseFault.Find(e.Exception))
                .FirstOrDefault(f => f is not null));
            return;
        }

        var services = http.RequestServices;
        var health = await services.GetRequiredService<HealthReader>().ReadAsync(rulesetId, http.RequestAborted);
        var hold = await services.GetRequiredService<OverviewReader>().HoldAsync(rulesetId, http.RequestAborted);
        await http.Response.WriteAsJsonAsync(
            new ReadyJson(report.Status.ToString(), "answers", Warnings(services), HealthJson.Of(health, hold)),
            services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions, contentType: null, http.RequestAborted);
    }

    private static string[] Warnings(IServiceProvider services) =>
        services.GetRequiredService<UnknownProxies>().Any ? ["proxy-unknown"] : [];

    private static Task WriteWordAsync(HttpContext http, HealthStatus status, DatabaseFault? fault)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(fault is null ? status.ToString() : $"{status}: {fault.Cause}", http.RequestAborted);
    }

    /// <returns>The ruleset that the caller may know of; null for everyone else.</returns>
    private static async Task<Guid?> ReaderAsync(HttpContext http)
    {
        if (await http.AuthenticateAsync(Users.KeyOrCookie) is not { Succeeded: true, Principal: { } who } entry)
        {
            return null;
        }

        if (who.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme)
        {
            if (!await SessionCookie.EnterAsync(http, who, entry.Properties))
            {
                return null;
            }

            await http.RequestServices.GetRequiredService<ChosenRuleset>().EnterAsync(http, who);
        }

        return who.IsAdministrator() || who.HasClaim(AccessClaims.Scope, AccessPolicies.ScopeName(ApiKeyScopes.Read)) ? who.RulesetId() : null;
    }
}
