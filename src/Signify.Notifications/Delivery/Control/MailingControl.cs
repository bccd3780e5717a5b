namespace Signify.Notifications.Delivery.Control;

/// <summary>What a person does with a mailing. Obeyed at once; the rows follow.</summary>
public sealed class MailingControl
{
    public Task<ControlResult> PauseAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) => throw new NotImplementedException();

    public Task<ControlResult> ResumeAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) => throw new NotImplementedException();

    public Task<ControlResult> CancelAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) => throw new NotImplementedException();

    public Task<ControlResult> RetryFailedAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) => throw new NotImplementedException();

    public Task<ControlResult> DeleteAsync(Guid rulesetId, long mailingId, string by, CancellationToken ct) => throw new NotImplementedException();
}
