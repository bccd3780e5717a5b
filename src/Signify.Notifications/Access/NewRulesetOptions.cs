namespace Signify.Notifications.Access;

/// <summary>Configuration section <c>Rulesets</c>: how a ruleset begins. Existing ones keep what they have.</summary>
public sealed class NewRulesetOptions
{
    /// <summary>Whether its members need two-factor authentication. The program's default depends on its environment.</summary>
    public bool? RequireTwoFactor { get; set; }
}
