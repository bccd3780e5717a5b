using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>A token and what can be said of it. Printing it shows no token.</summary>
public sealed record AccessToken(SecretText Value, DateTimeOffset ExpiresAt, TokenClaims? Claims)
{
    /// <summary>How far the token service's clock is ahead of ours, from the Date of its answer; null when it gave none.</summary>
    public TimeSpan? ClockSkew { get; init; }
}
