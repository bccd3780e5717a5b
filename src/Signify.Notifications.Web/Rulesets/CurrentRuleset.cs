using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Rulesets;

/// <summary>The ruleset this request is about. An installation has one so far.</summary>
public sealed class CurrentRuleset
{
    public Guid Id { get; } = Ruleset.DefaultId;

    public string Name { get; } = "Default";
}
