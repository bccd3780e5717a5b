using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What the mail server says to the sign-in.</content>
public static partial class Causes
{
    public static readonly Cause ServicePrincipalMissing = new("service-principal-missing", FindingCode.ServicePrincipalMissing)
    {
        Field = SettingsField.FromEmail,
        Certainty = Certainty.Likely,
        TellApart = "service-principal",
        Repair = [RepairScript.SmtpMailboxAccess, RepairScript.SmtpRoleAssignment],
        TakesTime = true,
    };

    public static readonly Cause MailboxNotPrimary = new("mailbox-not-primary", FindingCode.MailboxNotFound)
    {
        Field = SettingsField.FromEmail,
        Certainty = Certainty.Possible,
    };

    public static readonly Cause SignInRefused = new("sign-in-refused", FindingCode.SignInRefused) { Field = SettingsField.FromEmail };

    public static readonly Cause SmtpAuthDisabledTenant = new("smtp-auth-disabled-tenant", FindingCode.SmtpAuthDisabledTenant)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.SmtpAuthForMailbox],
        TakesTime = true,
    };

    public static readonly Cause SmtpAuthDisabledMailbox = new("smtp-auth-disabled-mailbox", FindingCode.SmtpAuthDisabledMailbox)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.SmtpAuthForMailbox],
        TakesTime = true,
    };

    public static readonly Cause SecurityDefaults = new("security-defaults", FindingCode.SecurityDefaults) { Field = SettingsField.Route };

    public static readonly Cause BasicAuthDisabled = new("basic-auth-disabled", FindingCode.BasicAuthRetired)
    {
        Field = SettingsField.TokenBasedAuthentication,
    };

    public static readonly Cause BasicAuthRetired = new("basic-auth-retired", FindingCode.BasicAuthRetired)
    {
        Field = SettingsField.TokenBasedAuthentication,
    };

    public static readonly Cause CredentialsWrong = new("credentials-wrong", FindingCode.BasicCredentialsWrong) { Field = SettingsField.Password };

    public static readonly Cause AccountLocked = new("account-locked", FindingCode.BasicCredentialsWrong) { Field = SettingsField.UserName };

    public static readonly Cause PasswordExpired = new("password-expired", FindingCode.BasicCredentialsWrong) { Field = SettingsField.Password };

    public static readonly Cause FederationUnreachable = new("federation-unreachable", FindingCode.BasicCredentialsWrong)
    {
        Field = SettingsField.UserName,
    };

    public static readonly Cause PolicyBlocksSignIn = new("policy-blocks-sign-in", FindingCode.ConditionalAccess) { Certainty = Certainty.Likely };

    public static readonly Cause SignInDisabled = new("sign-in-disabled", FindingCode.SignInRefused)
    {
        Field = SettingsField.FromEmail,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause MechanismNotKnown = new("mechanism-not-known", FindingCode.Xoauth2NotOffered) { Field = SettingsField.Cloud };

    public static readonly Cause SignInAddressInvalid = new("sign-in-address-invalid", FindingCode.SignInRefused) { Field = SettingsField.FromEmail };

    public static readonly Cause SignInNeeded = new("sign-in-needed", FindingCode.SignInRefused) { Field = SettingsField.CredentialsRequired };

    public static readonly Cause HostReceivesOnly = new("host-receives-only", FindingCode.SignInRefused) { Field = SettingsField.ServerName };

    public static readonly Cause DirectSendRejected = new("direct-send-rejected", FindingCode.SignInRefused) { Field = SettingsField.ServerName };

    public static readonly Cause RelayDenied = new("relay-denied", FindingCode.RelayDenied) { Field = SettingsField.ServerName };

    public static readonly Cause HighVolumeAccess = new("high-volume-access", FindingCode.ExchangePermissionMissing)
    {
        Field = SettingsField.FromEmail,
        TakesTime = true,
    };

    /// <summary>Said of a new token: the program renews one that it stored before it says so.</summary>
    public static readonly Cause TokenExpired = new("token-expired", FindingCode.TokenExpired);

    public static readonly Cause EncryptionDemanded = new("encryption-demanded", FindingCode.SenderRefused) { Field = SettingsField.Port };

    public static readonly Cause PasswordRefused = new("password-refused", FindingCode.BasicCredentialsWrong) { Field = SettingsField.Password };

    public static readonly Cause RelayPasswordRefused = new("relay-password-refused", FindingCode.BasicCredentialsWrong)
    {
        Field = SettingsField.UseOwnSmtpDetails,
    };

    public static readonly Cause TokenNotTrusted = new("token-not-trusted", FindingCode.SignInRefused) { Field = SettingsField.FromEmail };

    public static readonly Cause SignInRefusedOtherwise = new("sign-in-refused-otherwise", FindingCode.SignInRefused)
    {
        Field = SettingsField.FromEmail,
    };

    public static readonly Cause SignInBusy = new("sign-in-busy", FindingCode.ServerBusy);
}
