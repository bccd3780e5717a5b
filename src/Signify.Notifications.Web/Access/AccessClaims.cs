namespace Signify.Notifications.Web.Access;

/// <summary>The claims that tell who came in, and into which ruleset.</summary>
internal static class AccessClaims
{
    public const string Ruleset = "ruleset";
    public const string RulesetName = "ruleset_name";

    /// <summary>There when the person may open other rulesets besides.</summary>
    public const string Several = "rulesets_several";

    public const string KeyName = "key_name";
    public const string Scope = "scope";
}
