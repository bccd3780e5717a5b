namespace Signify.Notifications.Delivery.Control;

/// <summary>What a person does with one notification.</summary>
public sealed class NotificationControl
{
    public Task<ControlResult> CancelAsync(Guid rulesetId, long notificationId, string by, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Sends it again: one that did not go under its own Message-ID; of one that did, a copy as a new notification.</summary>
    public Task<ControlResult> ResendAsync(Guid rulesetId, long notificationId, string by, CancellationToken ct) => throw new NotImplementedException();

    public Task<ControlResult> SettleAsync(Guid rulesetId, long notificationId, DoubtVerdict verdict, string by, CancellationToken ct) => throw new NotImplementedException();
}
