namespace Signify.Notifications.Access;

/// <summary>A user of a ruleset, as the list shows them.</summary>
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
    DateTimeOffset? InvitedUntil);
