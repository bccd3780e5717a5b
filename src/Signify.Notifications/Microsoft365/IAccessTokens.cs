using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>Tokens for the app itself (client credentials).</summary>
public interface IAccessTokens
{
    /// <summary>Always asks Entra, with these credentials alone: nothing remembered from an earlier call can hide a wrong secret.</summary>
    /// <exception cref="TransportUnavailableException">Entra refused, or could not be reached.</exception>
    Task<AccessToken> AcquireFreshAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct);
}
