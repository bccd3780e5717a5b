namespace Signify.Notifications.Web.Api;

/// <summary>The answer of <c>/health/ready</c> to those who may read.</summary>
/// <param name="Status">The word that everyone gets.</param>
/// <param name="Database">answers.</param>
/// <param name="Warnings">About this process: <c>proxy-unknown</c>.</param>
/// <param name="Ruleset">The caller's own.</param>
public sealed record ReadyJson(string Status, string Database, IReadOnlyList<string> Warnings, HealthJson Ruleset);
