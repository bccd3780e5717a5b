namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Who hands in, and for which ruleset.</summary>
/// <param name="By">As in the audit log: "anna@contoso.com" or "API key payroll". At most 320 characters.</param>
/// <param name="Key">Null: handing the same in again queues it again.</param>
public sealed record HandInCaller(Guid RulesetId, string By, IdempotencyKey? Key = null);
