using System.Globalization;
using Signify.Notifications.Words;

namespace Signify.Notifications.Alerts;

/// <summary>The words in which people are alerted, what became of telling them, and what is wrong with whom to tell.</summary>
internal static class AlertPhrases
{
    public static readonly WordFile File = new("Alerts");

    public static string FailedSubject(string ruleset) => File.Get("failed.subject", ("ruleset", ruleset));

    public static string FailedText(string message, string remedy) => File.Get("failed.text", ("message", message), ("remedy", remedy));

    public static string RecoveredSubject(string ruleset) => File.Get("recovered.subject", ("ruleset", ruleset));

    public static string RecoveredText(string since) => File.Get("recovered.text", ("since", since));

    public static string HeldSubject(string ruleset) => File.Get("held.subject", ("ruleset", ruleset));

    public static string HeldForSettings(string code) => File.Get("held-configuration.text", ("code", code));

    public static string HeldForBlock(string code) => File.Get("held-blocked.text", ("code", code));

    public static string HeldForRefusals(string code) => File.Get("held-refusals.text", ("code", code));

    public static string HeldForRestore() => File.Get("held-restored.text");

    public static string ResumedSubject(string ruleset) => File.Get("resumed.subject", ("ruleset", ruleset));

    public static string ResumedText(string since) => File.Get("resumed.text", ("since", since));

    public static string SecretEndsSubject(string ruleset, int days) => days switch
    {
        < 0 => File.Get("secret-ended.subject", ("ruleset", ruleset)),
        0 => File.Get("secret-ends-today.subject", ("ruleset", ruleset)),
        1 => File.Get("secret-ends-tomorrow.subject", ("ruleset", ruleset)),
        _ => File.Get("secret-ends.subject", ("ruleset", ruleset), ("days", Number(days))),
    };

    public static string SecretEndsText(string day, int days) => days switch
    {
        < 0 => File.Get("secret-ended.text", ("day", day)),
        0 => File.Get("secret-ends-today.text", ("day", day)),
        _ => File.Get("secret-ends.text", ("day", day)),
    };

    public static string CertificateEndsSubject(string ruleset, int days) => days switch
    {
        < 0 => File.Get("certificate-ended.subject", ("ruleset", ruleset)),
        0 => File.Get("certificate-ends-today.subject", ("ruleset", ruleset)),
        1 => File.Get("certificate-ends-tomorrow.subject", ("ruleset", ruleset)),
        _ => File.Get("certificate-ends.subject", ("ruleset", ruleset), ("days", Number(days))),
    };

    public static string CertificateEndsText(string day, int days) => days switch
    {
        < 0 => File.Get("certificate-ended.text", ("day", day)),
        0 => File.Get("certificate-ends-today.text", ("day", day)),
        _ => File.Get("certificate-ends.text", ("day", day)),
    };

    public static string ApiKeyEndsSubject(string ruleset, string key, int days) => days switch
    {
        <= 0 => File.Get("api-key-expired.subject", ("ruleset", ruleset), ("key", key)),
        1 => File.Get("api-key-expires-tomorrow.subject", ("ruleset", ruleset), ("key", key)),
        _ => File.Get("api-key-expires.subject", ("ruleset", ruleset), ("key", key), ("days", Number(days))),
    };

    public static string ApiKeyEndsText(string key, string day, int days) =>
        File.Get(days <= 0 ? "api-key-expired.text" : "api-key-expires.text", ("key", key), ("day", day));

    public static string StandbySubject() => File.Get("standby.subject");

    /// <param name="expired">Else the app does not have it any more.</param>
    public static string StandbyText(bool expired, int refused, int successor) =>
        File.Get(expired ? "standby-expired.text" : "standby-removed.text", ("refused", Number(refused)), ("successor", Number(successor)));

    public static string TestSubject(string ruleset) => File.Get("test.subject", ("ruleset", ruleset));

    public static string TestText() => File.Get("test.text");

    public static string MailFooter(string ruleset) => File.Get("mail.footer", ("ruleset", ruleset));

    public static string MailNotOnFailedRoute() => File.Get("mail.not-on-failed-route");

    public static string MailOver() => File.Get("mail.over");

    public static string MailToNobody() => File.Get("mail.to-nobody");

    public static string MailNotQueued() => File.Get("mail.not-queued");

    public static string MailNoAddressFits() => File.Get("mail.no-address-fits");

    public static string MailQueued(int people) => people == 1 ? File.Get("mail.queued-one") : File.Get("mail.queued", ("people", Number(people)));

    public static string MailWaitsForSettings() => File.Get("mail.waits-for-settings");

    public static string MailWaitsForResume() => File.Get("mail.waits-for-resume");

    public static string MailWaitsForCheck() => File.Get("mail.waits-for-check");

    public static string WebhookGone() => File.Get("webhook.gone");

    public static string WebhookSecretLost() => File.Get("webhook.secret-lost");

    public static string WebhookLate(int seconds) => File.Get("webhook.late", ("seconds", Number(seconds)));

    public static string WebhookAnswered(int status) => File.Get("webhook.answered", ("status", Number(status)));

    public static string WebhookRedirects(int status) => File.Get("webhook.redirects", ("status", Number(status)));

    public static string WebhookNameEmpty() => File.Get("webhook.name-empty");

    public static string WebhookNameUnknown() => File.Get("webhook.name-unknown");

    public static string WebhookUntrusted() => File.Get("webhook.untrusted");

    /// <param name="families">Such as "IPv6 and IPv4".</param>
    public static string WebhookRefused(string families) => File.Get("webhook.refused", ("families", families));

    /// <param name="families">As for <see cref="WebhookRefused"/>.</param>
    public static string WebhookNotConnected(string families) => File.Get("webhook.not-connected", ("families", families));

    public static string WebhookAnswerTooLong() => File.Get("webhook.answer-too-long");

    public static string WebhookUnreachable() => File.Get("webhook.unreachable");

    public static string AddressMalformed() => File.Get("address.malformed");

    public static string AddressWithUser() => File.Get("address.with-user");

    public static string AddressInClear() => File.Get("address.in-clear");

    public static string AddressReserved() => File.Get("address.reserved");

    public static string AddressPrivate() => File.Get("address.private");

    public static string TooManyAddresses(int most) => File.Get("too-many-addresses", ("most", Number(most)));

    public static string SecretLength(int least, int most) => File.Get("secret-length", ("least", Number(least)), ("most", Number(most)));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
