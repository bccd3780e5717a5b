using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports;

/// <summary>A way for mail to leave.</summary>
public interface INotificationTransport
{
    Route Route { get; }

    /// <summary>Gets a token where one is needed, connects, signs in. The session is then kept for as long as there is work.</summary>
    /// <exception cref="TransportUnavailableException">The token, the host or the sign-in failed.</exception>
    Task<ITransportSession> OpenAsync(NotificationSettings settings, CancellationToken ct);
}
