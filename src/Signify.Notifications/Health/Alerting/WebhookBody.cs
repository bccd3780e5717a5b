using System.Text.Json;
using Signify.Notifications.Alerts;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Health.Alerting;

/// <summary>What a webhook receives. Names may be added, none is renamed or removed.</summary>
/// <param name="Id">The same at each try: a receiver that has it already has had this alert.</param>
/// <param name="Kind">configuration-failed, configuration-recovered, sending-held, sending-resumed, credential-expires, credential-expired, standby-took-over, test.</param>
/// <param name="Link">A page of this program; absent unless <c>Alerts:Address</c> is configured.</param>
public sealed record WebhookBody(Guid Id, AlertKind Kind, string About, string Ruleset, string Subject, string Text, DateTimeOffset At, Uri? Link)
{
    internal static byte[] Of(RaisedAlert alert, string ruleset, AlertOptions options) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookBody(alert.Id, alert.Kind, alert.About, AlertWords.WithoutAddresses(ruleset), alert.Subject, alert.Text, alert.At, options.Link("/overview", alert.RulesetId)), FindingJson.Options);
}
