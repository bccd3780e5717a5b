using System.Globalization;
using System.Security.Claims;
using Signify.Notifications.Access;

namespace Signify.Notifications.Web.Access;

/// <summary>What the rest of the program asks about who is there.</summary>
public static class PrincipalNames
{
    /// <summary>For "by" in revisions and in the audit log: "anna@contoso.com" or "API key payroll".</summary>
    public static string By(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(AccessClaims.KeyName) is { } key
            ? $"API key {key}"
            : principal.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in.");

    public static Guid? RulesetId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(AccessClaims.Ruleset), out var id) ? id : null;

    public static string? RulesetName(this ClaimsPrincipal principal) => principal.FindFirstValue(AccessClaims.RulesetName);

    /// <summary>Whether they may open other rulesets besides: pages then say in their address which one they show.</summary>
    public static bool HasSeveralRulesets(this ClaimsPrincipal principal) => principal.HasClaim(c => c.Type == AccessClaims.Several);

    /// <summary>Whether to show what only an administrator may press. The server asks again when it is pressed.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal principal) => principal.IsInRole(nameof(MemberRole.Administrator));

    /// <summary>Null for an API key, and where the session was not asked for, as with static files.</summary>
    public static Guid? SessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(AccessClaims.Session), out var id) ? id : null;

    /// <summary>When the user last entered a password, a code or a passkey in this session.</summary>
    public static DateTimeOffset? AuthenticatedAt(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(AccessClaims.AuthenticatedAt) is { } at
            ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : null;

    /// <summary>Whether the ruleset requires two-factor authentication, and this session has shown one factor.</summary>
    public static bool LacksSecondFactor(this ClaimsPrincipal principal) =>
        principal.HasClaim(c => c.Type == AccessClaims.MultiFactorMissing);

    public static Guid UserId(this ClaimsPrincipal principal) => Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
}
