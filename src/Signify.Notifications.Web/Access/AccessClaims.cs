namespace Signify.Notifications.Web.Access;

/// <summary>The claims that tell who came in, and into which ruleset.</summary>
internal static class AccessClaims
{
    public const string Ruleset = "ruleset";
    public const string RulesetName = "ruleset_name";

    /// <summary>There when the person may open other rulesets besides.</summary>
    public const string Several = "rulesets_several";

    /// <summary>The row of the session.</summary>
    public const string Session = "session";

    /// <summary>When the user last authenticated in it.</summary>
    public const string AuthenticatedAt = "auth_time";

    /// <summary>There when the user showed a second factor or a passkey in it.</summary>
    public const string MultiFactor = "multi_factor";

    /// <summary>There when the ruleset requires that, and the session lacks it: the user may do nothing there yet.</summary>
    public const string MultiFactorMissing = "multi_factor_missing";

    public const string KeyName = "key_name";
    public const string Scope = "scope";
}
