using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Graph;

/// <summary>
/// Mail over Microsoft Graph. There is no connection to keep, so a session is a token and a place to send to. Graph reads the
/// recipients from the message: <see cref="OutgoingMail.Recipients"/> has to say what To and Cc say.
/// </summary>
public sealed class GraphTransport(GraphMail graph, KeptTokens tokens, TimeProvider time) : INotificationTransport
{
    public Route Route => Route.Graph;

    public async Task<ITransportSession> OpenAsync(NotificationSettings settings, CancellationToken ct)
    {
        try
        {
            await tokens.GetAsync(settings, TokenResource.Graph, ct);
            return new GraphSession(graph, tokens, settings, time);
        }
        catch (TransportUnavailableException ex)
        {
            throw new ServerWords(settings.Secrets()).Clean(ex);
        }
    }
}
