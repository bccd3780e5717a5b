using System.Globalization;
using Signify.Notifications.Alerts;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Health;

/// <summary>What people are told, in full: these words also leave the program. No address, no secret, no words of a server.</summary>
internal static class HealthWords
{
    public static Alert Failed(HealthFacts facts, Finding finding) => new(
        facts.RulesetId, AlertKind.ConfigurationFailed, finding.Code.ToCode(),
        $"{facts.RulesetName}: the notification settings no longer pass their check",
        $"{finding.Message} {finding.Remedy} "
        + "The settings stay in charge, and messages that still get through are sent. The check runs again by itself; once this is mended, open Gear, Ruleset, Notifications and choose Check again.");

    public static Alert Recovered(HealthFacts facts, DateTimeOffset now, DateTimeOffset since) => new(
        facts.RulesetId, AlertKind.ConfigurationRecovered, Stamp(now),
        $"{facts.RulesetName}: the notification settings pass their check again",
        $"They had been failing since {Said(since)}. What waited for them is being sent. Nothing needs to be done.");

    public static Alert Held(HealthFacts facts) => new(
        facts.RulesetId, AlertKind.SendingHeld, About(facts.Hold),
        $"{facts.RulesetName}: sending is held",
        facts.Hold.Hold switch
        {
            Hold.Configuration => $"The settings are at fault ({About(facts.Hold)}). What is handed in is kept, in its order, and no attempt is used up. Open Gear, Ruleset, Notifications, mend what the check finds and save: sending then goes on by itself.",
            Hold.Blocked => $"The provider blocks this mailbox ({About(facts.Hold)}). What is handed in is kept, in its order. Ask your Microsoft 365 administrator to lift the block under Restricted entities in the Defender portal, then resume on the Overview.",
            _ => $"Three messages in a row were refused for the same reason ({About(facts.Hold)}). Exchange bars mailboxes that repeat an error, so nothing more is sent. Look at the newest failures under Activity, mend their cause, then resume on the Overview.",
        });

    public static Alert Resumed(HealthFacts facts, DateTimeOffset now, DateTimeOffset since) => new(
        facts.RulesetId, AlertKind.SendingResumed, Stamp(now),
        $"{facts.RulesetName}: sending goes on",
        $"It had been held since {Said(since)}. What waited is being sent. Nothing needs to be done.");

    /// <param name="threshold">The one of <see cref="CredentialNotice.Thresholds"/> that is due.</param>
    public static Alert Ends(HealthFacts facts, int threshold, int daysLeft)
    {
        var (what, end) = (Credential(facts.Active), facts.Active.CredentialEndsOn!.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));
        return new Alert(
            facts.RulesetId,
            threshold == 0 ? AlertKind.CredentialExpired : AlertKind.CredentialExpires,
            threshold switch { 0 => "expired", 1 => "1 day", _ => $"{threshold} days" },
            $"{facts.RulesetName}: the {what} {Ending(daysLeft)}",
            $"The {what} that notifications are sent with {(daysLeft < 0 ? "ended" : "ends")} on {end}. "
            + $"{(daysLeft <= 0 ? "Microsoft 365 refuses it from then on, and sending stops." : "After that nothing can be sent.")} "
            + $"Make a new {what} in the Entra portal, enter it under Gear, Ruleset, Notifications with its end date, and save. The present one goes on sending until the new one has passed its check.");
    }

    public static string Credential(SettingsRevision active) => active.ClientSecret is null ? "certificate" : "client secret";

    public static string About(HoldFacts hold) => hold.Code?.ToCode() ?? hold.Hold.ToCode();

    private static string Ending(int daysLeft) => daysLeft switch
    {
        < 0 => "has ended",
        0 => "ends today",
        1 => "ends tomorrow",
        _ => $"ends in {daysLeft} days",
    };

    private static string Said(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
