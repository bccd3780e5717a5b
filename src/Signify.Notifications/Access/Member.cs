namespace Signify.Notifications.Access;

/// <summary>A user of a ruleset, as the list shows them. Of somebody who has not taken the access up yet nothing is told but what the ruleset itself wrote.</summary>
public sealed record Member(
    Guid UserId,
    string Email,
    MemberRole Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt,
    DateTimeOffset? LockedUntil,
    bool HasPassword,
    bool TwoFactorEnabled,
    int Passkeys,
    DateTimeOffset? InvitedUntil)
{
    /// <summary>They have an account, and have not taken up what this ruleset offers them.</summary>
    public bool Offered { get; init; }
}
