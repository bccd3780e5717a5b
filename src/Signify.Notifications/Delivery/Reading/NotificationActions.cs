namespace Signify.Notifications.Delivery.Reading;

/// <summary>Which controls are possible in the present state: what a page offers. The control itself asks again.</summary>
/// <param name="Settle">It is in doubt: a person says whether it arrived.</param>
public sealed record NotificationActions(bool Cancel, bool Resend, bool Settle);
