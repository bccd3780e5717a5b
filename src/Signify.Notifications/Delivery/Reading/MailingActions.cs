namespace Signify.Notifications.Delivery.Reading;

/// <summary>Which controls are possible in the present state: what a page offers. The control itself asks again.</summary>
public sealed record MailingActions(bool Pause, bool Resume, bool Cancel, bool RetryFailed, bool Delete);
