using System.Security.Claims;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Rulesets;

/// <summary>The ruleset this request is about: the signed-in member's, or the API key's.</summary>
public sealed class CurrentRuleset(IHttpContextAccessor http)
{
    /// <exception cref="InvalidOperationException">Nobody is signed in, or no longer a member: the endpoint lacks its policy.</exception>
    public Guid Id => Principal.RulesetId()
        ?? throw new InvalidOperationException("This request belongs to no ruleset. Its endpoint must ask for a policy of AccessPolicies.");

    public string Name => Principal.RulesetName() ?? "";

    private ClaimsPrincipal Principal => http.HttpContext?.User ?? new ClaimsPrincipal();
}
