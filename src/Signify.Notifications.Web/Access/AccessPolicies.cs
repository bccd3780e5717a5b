using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;

namespace Signify.Notifications.Web.Access;

/// <summary>Who may call what. An endpoint that names none of these needs a signed-in user or an API key all the same.</summary>
public static class AccessPolicies
{
    /// <summary>Any member of the ruleset: reads.</summary>
    public const string Viewer = "Viewer";

    /// <summary>A signed-in user, for their own account alone: also one who must set up two-factor authentication first.</summary>
    public const string OwnAccount = "OwnAccount";

    /// <summary>Writes.</summary>
    public const string Administrator = "Administrator";

    public const string ApiSettings = "api:settings";
    public const string ApiSend = "api:send";
    public const string ApiRead = "api:read";

    /// <summary>Reading the settings, for keys that may change them and for keys that may read.</summary>
    public const string ApiSettingsRead = "api:settings-read";

    /// <summary>Following what happens: a member's page by its cookie, a program by its key. It only reads, so a cookie does no harm.</summary>
    public const string Events = "events";

    /// <summary>Reading what was handed in and what became of it: a member of the ruleset by their cookie, a program by a key that may read.</summary>
    public const string Read = "read";

    /// <summary>Handing in, and controlling what was: a program by a key that may send, an administrator from a page of this program.</summary>
    public const string Send = "send";

    /// <summary>The operator's monitoring: by where it stands, or by a token.</summary>
    public const string Metrics = "metrics";

    internal static void AddPolicies(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
        .AddPolicy(OwnAccount, policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser()
            .RequireClaim(AccessClaims.Ruleset))
        .AddPolicy(Viewer, policy => policy.Member(MemberRole.Viewer, MemberRole.Administrator))
        .AddPolicy(Administrator, policy => policy.Member(MemberRole.Administrator))
        .AddPolicy(ApiSettings, policy => policy.Key(ApiKeyScopes.Settings))
        .AddPolicy(ApiSend, policy => policy.Key(ApiKeyScopes.Send))
        .AddPolicy(ApiRead, policy => policy.Key(ApiKeyScopes.Read))
        .AddPolicy(ApiSettingsRead, policy => policy.Key(ApiKeyScopes.Settings, ApiKeyScopes.Read))
        .AddPolicy(Events, policy => policy.KeyOrMember(MayRead))
        .AddPolicy(Read, policy => policy.KeyOrMember(MayRead))
        .AddPolicy(Send, policy => policy.KeyOrMember(MaySend))
        .AddPolicy(Metrics, policy => policy.AddAuthenticationSchemes(MetricsDoor.Scheme).RequireAuthenticatedUser());

    // The scheme is named, so that a cookie never opens the API (no request forged across sites) and a key never opens a page.
    private static void Member(this AuthorizationPolicyBuilder policy, params MemberRole[] roles) => policy
        .AddAuthenticationSchemes(IdentityConstants.ApplicationScheme)
        .RequireAuthenticatedUser()
        .RequireClaim(AccessClaims.Ruleset)
        .RequireRole(roles.Select(r => r.ToString()));

    private static void Key(this AuthorizationPolicyBuilder policy, params ApiKeyScopes[] anyOf) => policy
        .AddAuthenticationSchemes(ApiKeyHandler.Scheme)
        .RequireAuthenticatedUser()
        .RequireClaim(AccessClaims.Ruleset)
        .RequireClaim(AccessClaims.Scope, anyOf.Select(ScopeName));

    private static void KeyOrMember(this AuthorizationPolicyBuilder policy, Func<AuthorizationHandlerContext, bool> may) => policy
        .AddAuthenticationSchemes(Users.KeyOrCookie)
        .RequireAuthenticatedUser()
        .RequireClaim(AccessClaims.Ruleset)
        .RequireAssertion(may);

    private static bool MayRead(AuthorizationHandlerContext context) =>
        context.User.IsInRole(nameof(MemberRole.Administrator)) || context.User.IsInRole(nameof(MemberRole.Viewer))
        || context.User.HasClaim(AccessClaims.Scope, ScopeName(ApiKeyScopes.Read));

    // A cookie writes only for a page of this very program, which browsers vouch for: no request forged across sites, or from a neighbour on the domain.
    // And only into a ruleset that the address names, where there are several: the one that another tab opened last may not be meant.
    private static bool MaySend(AuthorizationHandlerContext context) =>
        context.User.HasClaim(AccessClaims.Scope, ScopeName(ApiKeyScopes.Send))
        || (context.User.IsInRole(nameof(MemberRole.Administrator))
            && context.Resource is HttpContext http && http.Request.Headers["Sec-Fetch-Site"] == "same-origin"
            && (!context.User.HasSeveralRulesets() || http.Request.Query.ContainsKey(RulesetAddress.Parameter)));

    internal static string ScopeName(ApiKeyScopes scope) => scope.ToString().ToLowerInvariant();
}
