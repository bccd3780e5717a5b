using Signify.Notifications.Alerts;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Health;

/// <summary>How a ruleset's settings are, for the page, the API and the operator. No address and no secret.</summary>
/// <param name="Active">Whether there are settings in charge.</param>
/// <param name="CheckedAt">When they were last checked, by whomever; null before.</param>
/// <param name="Finding">What the last check found first, when it failed.</param>
/// <param name="NextCheckAt">When the program checks them by itself; null before it has looked at them.</param>
/// <param name="Credential">client secret or certificate; null where none comes to an end, as with a password.</param>
/// <param name="Open">The alerts that stand, newest first.</param>
public sealed record HealthView(
    bool Active, DateTimeOffset? CheckedAt, bool? Passed, Finding? Finding, DateTimeOffset? NextCheckAt,
    string? Credential, DateOnly? CredentialEndsOn, int? CredentialDaysLeft, IReadOnlyList<RaisedAlert> Open);
