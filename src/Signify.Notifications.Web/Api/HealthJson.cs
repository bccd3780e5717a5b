using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Findings;
using Signify.Notifications.Health;

namespace Signify.Notifications.Web.Api;

/// <summary>How a ruleset's settings are. No address, no secret.</summary>
/// <param name="Active">Whether there are settings in charge.</param>
public sealed record HealthJson(bool Active, HealthJson.CheckState? Check, HealthJson.HoldState Hold, HealthJson.CredentialState? Credential, IReadOnlyList<HealthJson.StandingAlert> Alerts)
{
    /// <param name="Code">What it found first, when it did not pass.</param>
    /// <param name="NextAt">When the program checks by itself.</param>
    public sealed record CheckState(bool? Passed, DateTimeOffset? At, FindingCode? Code, DateTimeOffset? NextAt);

    /// <param name="Reason">person, configuration, blocked or repeated-refusals; absent when sending is not stopped.</param>
    public sealed record HoldState(bool Held, Hold? Reason, DateTimeOffset? Since, FindingCode? Code, DateTimeOffset? WaitUntil, FindingCode? WaitCode);

    /// <param name="Kind">client secret or certificate.</param>
    /// <param name="DaysLeft">Below zero when it has ended.</param>
    public sealed record CredentialState(string Kind, DateOnly EndsOn, int DaysLeft);

    /// <summary>An alert that is true still.</summary>
    public sealed record StandingAlert(AlertKind Kind, string About, DateTimeOffset Since);

    internal static HealthJson Of(HealthView health, HoldView hold) => new(
        health.Active,
        health.Active ? new CheckState(health.Passed, health.CheckedAt, health.Finding?.Code, health.NextCheckAt) : null,
        new HoldState(hold.Held, hold.Held ? hold.Hold : null, hold.HeldAt, hold.HoldCode, hold.WaitUntil, hold.WaitCode),
        health is { CredentialEndsOn: { } end, CredentialDaysLeft: { } days } ? new CredentialState(health.Credential!, end, days) : null,
        [.. health.Open.Select(a => new StandingAlert(a.Kind, a.About, a.At))]);
}
