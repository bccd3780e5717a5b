using System.Globalization;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health;

/// <summary>What people are told, in full: these words also leave the program. No address, no secret, no words of a server.</summary>
internal static class HealthWords
{
    private const string ClientSecret = "client secret";

    public static Alert Failed(HealthFacts facts, Finding finding) => new(
        facts.RulesetId, AlertKind.ConfigurationFailed, finding.Code.ToCode(),
        AlertPhrases.FailedSubject(facts.RulesetName), AlertPhrases.FailedText(finding.Message, finding.Remedy));

    public static Alert Recovered(HealthFacts facts, DateTimeOffset now, DateTimeOffset since) => new(
        facts.RulesetId, AlertKind.ConfigurationRecovered, Stamp(now),
        AlertPhrases.RecoveredSubject(facts.RulesetName), AlertPhrases.RecoveredText(Said(since)));

    public static Alert Held(HealthFacts facts) => new(
        facts.RulesetId, AlertKind.SendingHeld, About(facts.Hold),
        AlertPhrases.HeldSubject(facts.RulesetName),
        facts.Hold.Hold switch
        {
            Hold.Configuration => AlertPhrases.HeldForSettings(About(facts.Hold)),
            Hold.Blocked => AlertPhrases.HeldForBlock(About(facts.Hold)),
            Hold.Restored => AlertPhrases.HeldForRestore(),
            _ => AlertPhrases.HeldForRefusals(About(facts.Hold)),
        });

    public static Alert Resumed(HealthFacts facts, DateTimeOffset now, DateTimeOffset since) => new(
        facts.RulesetId, AlertKind.SendingResumed, Stamp(now),
        AlertPhrases.ResumedSubject(facts.RulesetName), AlertPhrases.ResumedText(Said(since)));

    /// <param name="threshold">The one of <see cref="CredentialNotice.Thresholds"/> that is due.</param>
    public static Alert Ends(HealthFacts facts, int threshold, int daysLeft)
    {
        var (secret, ruleset) = (Credential(facts.Active) == ClientSecret, facts.RulesetName);
        var end = facts.Active.CredentialEndsOn!.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return new Alert(
            facts.RulesetId,
            threshold == 0 ? AlertKind.CredentialExpired : AlertKind.CredentialExpires,
            threshold switch { 0 => "expired", 1 => "1 day", _ => $"{threshold} days" },
            secret ? AlertPhrases.SecretEndsSubject(ruleset, daysLeft) : AlertPhrases.CertificateEndsSubject(ruleset, daysLeft),
            secret ? AlertPhrases.SecretEndsText(end, daysLeft) : AlertPhrases.CertificateEndsText(end, daysLeft));
    }

    /// <summary>A word of the API, too: it stays as it is.</summary>
    public static string Credential(SettingsRevision active) => active.ClientSecret is null ? "certificate" : ClientSecret;

    public static string About(HoldFacts hold) => hold.Code?.ToCode() ?? hold.Hold.ToCode();

    private static string Said(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
