using System.Globalization;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What the offline rules say of secrets' dates, standby secrets, certificates and the host's identity, as entries of the table of causes.</summary>
internal static class CredentialFindings
{
    public static Finding KindInvalid() => Causes.CredentialUnknown.Told();

    public static Finding ExpiryUnknown(string field) => (OfStandby(field) ? Causes.StandbyExpiryUnknown : Causes.SecretExpiryUnknown).Told();

    public static Finding ExpiryInvalid(string field) => Causes.SecretExpiryInvalid.Told() with { Field = field };

    public static Finding ExpiryPast(string field) => (OfStandby(field) ? Causes.StandbyExpiryPast : Causes.SecretExpiryPast).Told();

    public static Finding StandbyTheSame() => Causes.StandbyTheSame.Told();

    public static Finding CertRequired() => Causes.CertMissing.Told();

    public static Finding CertUnreadable(string field) =>
        (field == SettingsField.ClientCertificatePem ? Causes.CertUnreadableText : Causes.CertUnreadableFile).Told();

    public static Finding CertTooLarge(string field, int limit) => Causes.CertTooLarge.Told(("limit", Number(limit / 1024))) with { Field = field };

    public static Finding CertPasswordWrong(bool empty) => (empty ? Causes.CertPasswordMissing : Causes.CertPasswordWrong).Told();

    public static Finding CertKeyMissing(string field) => Causes.CertKeyMissing.Told() with { Field = field };

    public static Finding CertKeyNotRsa(string field) => Causes.CertKeyNotRsa.Told() with { Field = field };

    public static Finding CertKeyCutOff() => Causes.CertKeyCutOff.Told();

    /// <param name="limit">The most rounds that are run.</param>
    public static Finding CertKeyRounds(int limit) => Causes.CertKeyRounds.Told(("limit", limit.ToString("N0", CultureInfo.InvariantCulture)));

    public static Finding CertKeyTraditional() => Causes.CertKeyTraditional.Told();

    public static Finding CertOldEncryption() => Causes.CertOldEncryption.Told();

    public static Finding CertTooComplex() => Causes.CertTooComplex.Told();

    public static Finding CertKeyBusy() => Causes.CertKeyBusy.Told();

    /// <param name="limit">The fewest or the most bits that are taken, whichever the key misses.</param>
    public static Finding CertKeySize(string field, int bits, int limit) =>
        (bits < limit ? Causes.CertKeyTooShort : Causes.CertKeyTooLong).Told(("bits", Number(bits)), ("limit", Number(limit))) with { Field = field };

    public static Finding CertExpired(DateTimeOffset at) => Causes.CertEnded.Told(("day", Day(at)));

    public static Finding CertExpiresSoon(DateTimeOffset at) => Causes.CertEndsSoon.Told(("day", Day(at)));

    public static Finding CertNotYetValid(DateTimeOffset at) => Causes.CertNotYetValid.Told(("day", Day(at)));

    public static Finding WorkloadOfOtherApp(string clientId) => Causes.WorkloadOfOtherApp.Told(("client", clientId));

    /// <summary>Nothing stops while the first secret works.</summary>
    /// <param name="refusal">What Entra has against the standby secret, in the words for a first one.</param>
    public static Finding Standby(Finding refusal) =>
        (refusal.Code == FindingCode.SecretExpired ? Causes.StandbyExpired : Causes.StandbyWrong).Told() with { Link = refusal.Link };

    private static bool OfStandby(string field) => field == SettingsField.StandbySecretExpiresOn;

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
