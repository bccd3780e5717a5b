namespace Signify.Notifications.Delivery.Control;

/// <summary>Stops and restarts sending for a ruleset.</summary>
public sealed class SendingHold
{
    /// <param name="by">As in the audit log.</param>
    public Task<ControlResult> HoldAsync(Guid rulesetId, string by, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Lifts every hold, whoever set it, and every wait.</summary>
    public Task<ControlResult> ResumeAsync(Guid rulesetId, string by, CancellationToken ct) => throw new NotImplementedException();
}
