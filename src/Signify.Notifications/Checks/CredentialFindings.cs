using System.Globalization;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What the offline rules say of secrets' dates, standby secrets, certificates and the host's identity.</summary>
internal static class CredentialFindings
{
    private const string PortalPlace = "Certificates & secrets";

    public static Finding KindInvalid() => On(SettingsField.Credential, FindingCode.CredentialInvalid,
        "The credential is secret, certificate or workloadIdentity.", "Choose how the app proves itself to Entra.");

    public static Finding ExpiryUnknown(string field) => On(field, FindingCode.SecretExpiryUnknown,
        field == SettingsField.SecretExpiresOn
            ? "Nobody can warn you before this secret expires: its date is not known here."
            : "Nobody can warn you before the standby secret expires: its date is not known here.",
        $"Copy the date beside the secret under {PortalPlace}, column Expires. A new secret lasts 24 months at most.").AsWarning();

    public static Finding StandbyMoved(string changed) => On(SettingsField.StandbySecret, FindingCode.SecretRequired,
        $"{changed} changed, so the stored standby secret is not used: it belongs to the old one.",
        "Enter a standby secret of this app, or tick Remove the standby secret.");

    public static Finding StandbyTheSame() => On(SettingsField.StandbySecret, FindingCode.SecretRequired,
        "The standby secret is the same as the client secret, so both would end together.",
        $"Make a second secret under {PortalPlace} with another date, and enter its value here. Or leave the field empty.");

    public static Finding CertRequired() => On(SettingsField.ClientCertificate, FindingCode.CertRequired,
        "There is no certificate yet.", "Choose a PFX file, paste certificate and key as text, or let this program generate a pair.");

    public static Finding CertUnreadable(string field) => On(field, FindingCode.CertUnreadable,
        field == SettingsField.ClientCertificatePem ? "This is not a certificate with its private key in PEM form." : "This file is not a certificate with its private key (PFX, also named PKCS #12).",
        field == SettingsField.ClientCertificatePem
            ? "Paste both parts with their BEGIN and END lines: CERTIFICATE and PRIVATE KEY."
            : "Export the certificate again, together with its private key. If you have two text files instead, use both: the certificate and the key.");

    public static Finding CertTooLarge(string field, int limit) => On(field, FindingCode.CertUnreadable,
        $"This is larger than {limit / 1024} KB, and a certificate with its key is far smaller.", "Choose the file that holds this one certificate and its key.");

    public static Finding CertPasswordWrong(bool empty) => On(SettingsField.ClientCertificatePassword, FindingCode.CertPasswordWrong,
        empty ? "The certificate's key is protected by a password." : "This password does not open the certificate.",
        "Enter the password that was set when the file was exported. It is used once and not stored.");

    public static Finding CertKeyMissing(string field) => On(field, FindingCode.CertKeyMissing,
        "This holds a certificate and no private key for it. The program cannot sign with the public part alone.",
        "Export the certificate again, together with its private key (PFX), or add the key as text. The public part (.cer) is for Entra.");

    public static Finding CertKeyUnfit(string field, string why) => On(field, FindingCode.CertKeyUnfit,
        $"Entra cannot use this certificate's key: {why}.", "Use a certificate with an RSA key of 2048 bits or more, or let this program generate a pair.");

    public static Finding CertExpired(DateTimeOffset at) => On(SettingsField.ClientCertificate, FindingCode.CertExpired,
        $"This certificate ended on {Day(at)}.", "Use a newer one, or let this program generate a pair, and upload its .cer file in Entra.");

    public static Finding CertExpiresSoon(DateTimeOffset at) => On(SettingsField.ClientCertificate, FindingCode.CertExpired,
        $"This certificate ends on {Day(at)}.", "Make its successor now. Entra accepts both while both are registered, so nothing stops in between.").AsWarning();

    public static Finding CertNotYetValid(DateTimeOffset at) => On(SettingsField.ClientCertificate, FindingCode.CertNotYetValid,
        $"This certificate is not valid before {Day(at)}.", "Wait until then, or use another one. If it should be valid now, set this server's clock.");

    public static Finding WorkloadUnavailable(string why) => On(SettingsField.Credential, FindingCode.WorkloadIdentityUnavailable,
        $"This host offers no identity to sign in with: {why}", "Choose a client secret or a certificate, or ask the operator to set up WorkloadIdentity.");

    public static Finding WorkloadOfOtherApp(string clientId) => On(SettingsField.ClientId, FindingCode.ClientIdInvalid,
        $"The host is set up for the client ID {clientId}, and another one is entered here.",
        "It works where this app trusts the host too. Else enter the host's client ID.").AsWarning();

    public static Finding Standby(Finding finding) => (finding with { Field = SettingsField.StandbySecret }).AsWarning();

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static Finding On(string field, FindingCode code, string message, string remedy) => new(code, message, remedy) { Field = field };
}
