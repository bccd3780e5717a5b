namespace Signify.Notifications.Access;

/// <summary>A ruleset that a person may open, and what they may do there.</summary>
public sealed record RulesetEntry(Guid Id, string Name, MemberRole Role)
{
    /// <summary>Only a session with two factors, or with a passkey, may do anything there.</summary>
    public bool RequiresTwoFactor { get; init; }
}
