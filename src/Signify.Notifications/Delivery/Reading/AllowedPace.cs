using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>The pace that the active revision's provider allows.</summary>
public sealed class AllowedPace(SettingsStore settings)
{
    private static readonly PaceLimits ExchangeOnline = new(PerMinute: 30, RecipientsPerDay: 10_000, Connections: 3);
    private static readonly PaceLimits Graph = new(PerMinute: 30, RecipientsPerDay: 10_000, Connections: 4);
    private static readonly PaceLimits Relay = new(PerMinute: null, RecipientsPerDay: null, Connections: 3);

    public async Task<PaceLimits> ReadAsync(Guid rulesetId, CancellationToken ct) =>
        (await settings.ReadAsync(rulesetId, ct)).Active switch
        {
            { SignIn: not SignIn.Token } => Relay,
            { ActiveRoute: Route.Graph } => Graph,
            _ => ExchangeOnline,
        };
}
