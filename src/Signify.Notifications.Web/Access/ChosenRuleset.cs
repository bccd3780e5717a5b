using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Access;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Which ruleset a person's request is about: the one that its address names, else the one they opened last, else their oldest. Asked of the
/// database each time, so that a role, a name or an access that changed counts at once. See docs/decisions/0020.
/// </summary>
internal sealed class ChosenRuleset(RulesetAccess access)
{
    private const string LastOpened = "signify.ruleset";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);
    private static readonly string[] Claims =
        [AccessClaims.Ruleset, AccessClaims.RulesetName, AccessClaims.Several, AccessClaims.MultiFactorMissing];
    private static readonly ICookieManager Cookies = new HostPrefixedCookies();

    /// <summary>Whether this request needs the user's session and ruleset: not for files and other things that anyone may have.</summary>
    public static bool IsNeeded(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        // The page that tells of a failure must open though the database is what failed.
        var failed = http.Features.Get<IExceptionHandlerFeature>() is not null;
        return !failed && (endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is null || IsPage(endpoint));
    }

    /// <summary>Puts the ruleset and what they may do there into the person's claims, and takes those of another out. Without access there are none: each policy refuses.</summary>
    public async Task EnterAsync(HttpContext http, ClaimsPrincipal person)
    {
        var identity = (ClaimsIdentity)person.Identity!;
        foreach (var claim in identity.FindAll(c => Claims.Contains(c.Type) || c.Type == identity.RoleClaimType).ToList())
        {
            identity.RemoveClaim(claim);
        }

        var named = http.Request.Query[RulesetAddress.Parameter];
        var entry = named.Count > 0 ? await FindAsync(person.UserId(), named.ToString(), http.RequestAborted) : await FindAsync(http, person.UserId(), http.RequestAborted);
        if (entry is null)
        {
            return;
        }

        identity.AddClaim(new Claim(AccessClaims.Ruleset, entry.Id.ToString()));
        identity.AddClaim(new Claim(AccessClaims.RulesetName, entry.Name));
        // Without a role every policy refuses; what the user's own account needs does not ask for one.
        identity.AddClaim(entry.RequiresTwoFactor && !person.HasClaim(c => c.Type == AccessClaims.MultiFactor)
            ? new Claim(AccessClaims.MultiFactorMissing, "true")
            : new Claim(identity.RoleClaimType, entry.Role.ToString()));
        if (await access.SeveralAsync(person.UserId(), http.RequestAborted))
        {
            identity.AddClaim(new Claim(AccessClaims.Several, "true"));
        }

        if (named.Count > 0 && IsOpened(http))
        {
            Remember(http, entry.Id);
        }
    }

    /// <summary>The ruleset of a request that names none; null when they have none.</summary>
    public async Task<RulesetEntry?> FindAsync(HttpContext http, Guid userId, CancellationToken ct) =>
        await FindAsync(userId, Cookies.GetRequestCookie(http, LastOpened), ct) ?? await access.FirstAsync(userId, ct);

    // An id of nothing, a ruleset of others and what is no id at all: the answer is the same.
    private async Task<RulesetEntry?> FindAsync(Guid userId, string? id, CancellationToken ct) =>
        Guid.TryParse(id, out var rulesetId) ? await access.FindAsync(userId, rulesetId, ct) : null;

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null;

    /// <summary>A page that a person opens, not one that a script of an older tab looks at.</summary>
    private static bool IsOpened(HttpContext http) =>
        http.GetEndpoint() is { } endpoint && IsPage(endpoint) && http.Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate";

    private static void Remember(HttpContext http, Guid ruleset)
    {
        if (Cookies.GetRequestCookie(http, LastOpened) != ruleset.ToString())
        {
            Cookies.AppendResponseCookie(http, LastOpened, ruleset.ToString(), new CookieOptions
            {
                Path = "/",
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = Remembered,
                IsEssential = true,
            });
        }
    }
}
