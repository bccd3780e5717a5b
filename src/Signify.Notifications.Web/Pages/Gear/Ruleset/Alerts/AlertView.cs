using Signify.Notifications.Alerts;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Alerts;

/// <summary>An alert in the list.</summary>
public sealed record AlertView(RaisedAlert Alert)
{
    /// <summary>good, warn, bad or idle.</summary>
    public string Tone => Alert.Kind switch
    {
        AlertKind.ConfigurationRecovered or AlertKind.SendingResumed => "good",
        AlertKind.Test => "idle",
        AlertKind.CredentialExpires or AlertKind.StandbyTookOver => "warn",
        _ => "bad",
    };

    /// <summary>True still.</summary>
    public bool Stands => Alert.EndedAt is null;

    public static string Channel(AlertDelivery delivery) => delivery.Channel == AlertChannel.Mail ? "E-mail" : "Webhook";

    public static (string Icon, string Tone, string Word) State(AlertDelivery delivery) => delivery.State switch
    {
        AlertDeliveryState.Delivered => ("check", "good", delivery.Channel == AlertChannel.Mail ? "queued" : "delivered"),
        AlertDeliveryState.Skipped => ("dash", "neutral", "not sent"),
        AlertDeliveryState.GivenUp => ("stop", "bad", "given up"),
        _ when delivery.Attempts > 0 => ("again", "warn", "trying again"),
        _ => ("clock", "neutral", "waiting"),
    };
}
