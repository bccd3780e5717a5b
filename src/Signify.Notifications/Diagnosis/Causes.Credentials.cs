using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>The ways in which the app proves itself beside a client secret: a standby secret, a certificate, the host's own identity.</content>
public static partial class Causes
{
    public static readonly Cause CredentialUnknown = new("credential-unknown", FindingCode.CredentialInvalid) { Field = SettingsField.Credential };

    public static readonly Cause SecretExpiryUnknown = new("secret-expiry-unknown", FindingCode.SecretExpiryUnknown)
    {
        Field = SettingsField.SecretExpiresOn,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause StandbyExpiryUnknown = new("standby-expiry-unknown", FindingCode.SecretExpiryUnknown)
    {
        Field = SettingsField.StandbySecretExpiresOn,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause StandbyExpiryPast = new("standby-expiry-past", FindingCode.SecretExpired)
    {
        Field = SettingsField.StandbySecretExpiresOn,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause StoredStandbyUnused = new("stored-standby-unused", FindingCode.SecretRequired) { Field = SettingsField.StandbySecret };

    public static readonly Cause StandbyTheSame = new("standby-the-same", FindingCode.SecretRequired) { Field = SettingsField.StandbySecret };

    public static readonly Cause StandbyIsMask = new("standby-is-mask", FindingCode.SecretIsMask) { Field = SettingsField.StandbySecret };

    public static readonly Cause StandbyWrong = new("standby-wrong", FindingCode.SecretWrong)
    {
        Field = SettingsField.StandbySecret,
        Severity = FindingSeverity.Warning,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause StandbyExpired = new("standby-expired", FindingCode.SecretExpired)
    {
        Field = SettingsField.StandbySecret,
        Severity = FindingSeverity.Warning,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause KeyRingLostStandby = new("key-ring-lost-standby", FindingCode.KeyRingLost) { Field = SettingsField.StandbySecret };

    public static readonly Cause KeyRingLostCert = new("key-ring-lost-cert", FindingCode.KeyRingLost) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertMissing = new("cert-missing", FindingCode.CertRequired) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertUnreadableFile = new("cert-unreadable-file", FindingCode.CertUnreadable) { Field = SettingsField.ClientCertificate };

    public static readonly Cause StoredCertUnreadable = new("stored-cert-unreadable",
        FindingCode.CertUnreadable)
    { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertUnreadableText = new("cert-unreadable-text", FindingCode.CertUnreadable) { Field = SettingsField.ClientCertificatePem };

    public static readonly Cause CertTooLarge = new("cert-too-large", FindingCode.CertUnreadable) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertPasswordMissing = new("cert-password-missing", FindingCode.CertPasswordWrong)
    {
        Field = SettingsField.ClientCertificatePassword,
    };

    public static readonly Cause CertPasswordWrong = new("cert-password-wrong", FindingCode.CertPasswordWrong)
    {
        Field = SettingsField.ClientCertificatePassword,
    };

    public static readonly Cause CertKeyMissing = new("cert-key-missing", FindingCode.CertKeyMissing) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertKeyNotRsa = new("cert-key-not-rsa", FindingCode.CertKeyUnfit) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertKeyCutOff = new("cert-key-cut-off", FindingCode.CertKeyUnfit) { Field = SettingsField.ClientCertificatePem };

    public static readonly Cause CertKeyRounds = new("cert-key-rounds", FindingCode.CertKeyUnfit) { Field = SettingsField.ClientCertificatePem };

    public static readonly Cause CertKeyTraditional = new("cert-key-traditional", FindingCode.CertUnreadable) { Field = SettingsField.ClientCertificatePem };

    public static readonly Cause CertOldEncryption = new("cert-old-encryption", FindingCode.CertUnreadable) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertTooComplex = new("cert-too-complex", FindingCode.CertUnreadable) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertKeyBusy = new("cert-key-busy", FindingCode.CertKeyUnfit) { Field = SettingsField.ClientCertificatePem };

    public static readonly Cause CertKeyTooShort = new("cert-key-too-short", FindingCode.CertKeyUnfit) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertKeyTooLong = new("cert-key-too-long", FindingCode.CertKeyUnfit) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertEnded = new("cert-ended", FindingCode.CertExpired) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertEndsSoon = new("cert-ends-soon", FindingCode.CertExpired)
    {
        Field = SettingsField.ClientCertificate,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause CertNotYetValid = new("cert-not-yet-valid", FindingCode.CertNotYetValid) { Field = SettingsField.ClientCertificate };

    public static readonly Cause CertRefused = new("cert-refused", FindingCode.CertNotRegistered)
    {
        Field = SettingsField.ClientCertificate,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause WorkloadNotOffered = new("workload-not-offered", FindingCode.WorkloadIdentityUnavailable)
    {
        Field = SettingsField.Credential,
    };

    public static readonly Cause WorkloadOfOtherApp = new("workload-of-other-app", FindingCode.ClientIdInvalid)
    {
        Field = SettingsField.ClientId,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause WorkloadNotGiven = new("workload-not-given", FindingCode.WorkloadIdentityFailed) { Field = SettingsField.Credential };

    public static readonly Cause FederationMissing = new("federation-missing", FindingCode.FederatedCredentialMissing)
    {
        Field = SettingsField.Credential,
        Page = PortalPage.AppSecrets,
        TakesTime = true,
    };
}
