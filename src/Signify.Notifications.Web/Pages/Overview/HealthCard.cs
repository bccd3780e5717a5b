using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Health;

namespace Signify.Notifications.Web.Pages.Overview;

/// <summary>How the settings are: checked when, with what outcome, again when; and what comes to its end.</summary>
public sealed record HealthCard(HealthView Health, HoldView Hold)
{
    public CredentialEnd? Ends => CredentialEnd.Of(Health);

    /// <summary>The card about the hold says it already when it is for the settings.</summary>
    public bool TellsFailure => Health is { Passed: false, Finding: not null } && Hold.Hold != Notifications.Delivery.Hold.Configuration;

    public RaisedAlert? Standby => Health.Open.FirstOrDefault(a => a.Kind == AlertKind.StandbyTookOver);

    public string Tone => Health switch
    {
        { Passed: null } => "idle",
        { Passed: false } => "bad",
        _ => Ends is { Urgent: true } ends ? ends.Tone : "good",
    };

    public string Word => Health switch
    {
        { Passed: null } => "Not checked yet",
        { Passed: false } => "Failing",
        _ => "Well",
    };
}
