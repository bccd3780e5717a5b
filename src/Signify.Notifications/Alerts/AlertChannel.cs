namespace Signify.Notifications.Alerts;

/// <summary>How an alert leaves the program. It stands in the page besides.</summary>
public enum AlertChannel
{
    Mail,
    Webhook,
}
