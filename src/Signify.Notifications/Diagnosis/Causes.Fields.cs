using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What the offline rules find, before anything is sent.</content>
public static partial class Causes
{
    public static readonly Cause ServerNameRequiredLabel = new("server-name-required-label", FindingCode.ServerNameRequired)
    {
        Field = SettingsField.ServerName,
    };

    public static readonly Cause ServerNameRequiredHost = new("server-name-required-host", FindingCode.ServerNameRequired)
    {
        Field = SettingsField.ServerName,
    };

    public static readonly Cause ServerNameInvalid = new("server-name-invalid", FindingCode.ServerNameInvalid) { Field = SettingsField.ServerName };

    public static readonly Cause ServerNameForeignLabel = new("server-name-foreign-label", FindingCode.ServerNameForeign)
    {
        Field = SettingsField.ServerName,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause ServerNameForeignHost = new("server-name-foreign-host", FindingCode.ServerNameForeign)
    {
        Field = SettingsField.ServerName,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause PortInvalid = new("port-invalid", FindingCode.PortInvalid) { Field = SettingsField.Port };

    public static readonly Cause PortNotOffered = new("port-not-offered", FindingCode.PortInvalid) { Field = SettingsField.Port };

    public static readonly Cause PortUnusual = new("port-unusual", FindingCode.PortInvalid)
    {
        Field = SettingsField.Port,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause TimeoutInvalid = new("timeout-invalid", FindingCode.TimeoutInvalid) { Field = SettingsField.TimeoutSeconds };

    public static readonly Cause BatchSizeInvalid = new("batch-size-invalid", FindingCode.BatchSizeInvalid) { Field = SettingsField.BatchSize };

    public static readonly Cause RouteInvalid = new("route-invalid", FindingCode.RouteInvalid) { Field = SettingsField.Route };

    public static readonly Cause CloudUnknown = new("cloud-unknown", FindingCode.CloudUnknown) { Field = SettingsField.Cloud };

    public static readonly Cause FromMissing = new("from-missing", FindingCode.FromInvalid) { Field = SettingsField.FromEmail };

    public static readonly Cause FromInvalid = new("from-invalid", FindingCode.FromInvalid) { Field = SettingsField.FromEmail };

    public static readonly Cause FromNotAscii = new("from-not-ascii", FindingCode.FromInvalid) { Field = SettingsField.FromEmail };

    public static readonly Cause UserNameMissing = new("user-name-missing", FindingCode.UserNameRequired) { Field = SettingsField.UserName };

    public static readonly Cause ClientIdMissing = new("client-id-missing", FindingCode.ClientIdInvalid) { Field = SettingsField.ClientId };

    public static readonly Cause ClientIdInvalid = new("client-id-invalid", FindingCode.ClientIdInvalid) { Field = SettingsField.ClientId };

    public static readonly Cause TenantIdMissing = new("tenant-id-missing", FindingCode.TenantIdInvalid) { Field = SettingsField.TenantId };

    public static readonly Cause TenantIdInvalid = new("tenant-id-invalid", FindingCode.TenantIdInvalid) { Field = SettingsField.TenantId };

    public static readonly Cause TenantIdShared = new("tenant-id-shared", FindingCode.TenantIdInvalid) { Field = SettingsField.TenantId };

    public static readonly Cause IdsTheSame = new("ids-the-same", FindingCode.IdsSwapped) { Field = SettingsField.TenantId };

    public static readonly Cause IdsSwappedDomain = new("ids-swapped-domain", FindingCode.IdsSwapped) { Field = SettingsField.ClientId };

    public static readonly Cause IdsSwappedSecret = new("ids-swapped-secret", FindingCode.IdsSwapped) { Field = SettingsField.ClientId };

    public static readonly Cause SecretMissing = new("secret-missing", FindingCode.SecretRequired) { Field = SettingsField.ClientSecret };

    public static readonly Cause PasswordMissing = new("password-missing", FindingCode.SecretRequired) { Field = SettingsField.Password };

    public static readonly Cause StoredSecretUnused = new("stored-secret-unused", FindingCode.SecretRequired) { Field = SettingsField.ClientSecret };

    public static readonly Cause StoredPasswordUnused = new("stored-password-unused", FindingCode.SecretRequired) { Field = SettingsField.Password };

    public static readonly Cause SecretIsId = new("secret-is-id", FindingCode.SecretIsId) { Field = SettingsField.ClientSecret };

    public static readonly Cause SecretIsMask = new("secret-is-mask", FindingCode.SecretIsMask) { Field = SettingsField.ClientSecret };

    public static readonly Cause PasswordIsMask = new("password-is-mask", FindingCode.SecretIsMask) { Field = SettingsField.Password };

    public static readonly Cause KeyRingLostSecret = new("key-ring-lost-secret", FindingCode.KeyRingLost) { Field = SettingsField.ClientSecret };

    public static readonly Cause KeyRingLostPassword = new("key-ring-lost-password", FindingCode.KeyRingLost) { Field = SettingsField.Password };

    public static readonly Cause SecretExpiryInvalid = new("secret-expiry-invalid", FindingCode.SecretExpiryInvalid)
    {
        Field = SettingsField.SecretExpiresOn,
    };

    public static readonly Cause SecretExpiryPast = new("secret-expiry-past", FindingCode.SecretExpired)
    {
        Field = SettingsField.SecretExpiresOn,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause BasicAuthEnding = new("basic-auth-ending", FindingCode.BasicAuthRetired)
    {
        Field = SettingsField.TokenBasedAuthentication,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause SharedRelayMissing = new("shared-relay-missing", FindingCode.SharedRelayMissing)
    {
        Field = SettingsField.UseOwnSmtpDetails,
    };

    public static readonly Cause SettingsUnusable = new("settings-unusable", FindingCode.SettingsUnusable);

    public static readonly Cause SharedRelayGone = new("shared-relay-gone", FindingCode.SharedRelayMissing) { Field = SettingsField.UseOwnSmtpDetails };

    public static readonly Cause ValueTooLong = new("value-too-long", FindingCode.ValueTooLong);
}
