namespace Signify.Notifications.Delivery.Retention;

/// <summary>How long a ruleset keeps finished mailings.</summary>
public sealed class RetentionSetting
{
    public Task<RetentionDays> ReadAsync(Guid rulesetId, CancellationToken ct) => throw new NotImplementedException();

    /// <param name="days">1 to 3650; null goes back to the operator's default.</param>
    /// <returns>False when <paramref name="days"/> is out of range: nothing was stored.</returns>
    public Task<bool> SetAsync(Guid rulesetId, int? days, string by, CancellationToken ct) => throw new NotImplementedException();
}
