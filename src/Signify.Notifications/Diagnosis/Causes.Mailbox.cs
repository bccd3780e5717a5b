using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What Exchange says of the sender: its rights, its state, its limits.</content>
public static partial class Causes
{
    public static readonly Cause MailboxBarredLicence = new("mailbox-barred-licence", FindingCode.MailboxBarred) { Field = SettingsField.FromEmail };

    public static readonly Cause MailboxBarredFull = new("mailbox-barred-full", FindingCode.MailboxBarred)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.SentItemsCopyOff],
    };

    public static readonly Cause MailboxBarredSendAs = new("mailbox-barred-send-as", FindingCode.MailboxBarred)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.SendAs],
    };

    public static readonly Cause MailboxBarredTooManyRecipients = new("mailbox-barred-too-many-recipients", FindingCode.MailboxBarred)
    {
        Field = SettingsField.FromEmail,
    };

    public static readonly Cause MailboxBarredInvalidRecipients = new("mailbox-barred-invalid-recipients", FindingCode.MailboxBarred)
    {
        Field = SettingsField.FromEmail,
    };

    public static readonly Cause SendAsDenied = new("send-as-denied", FindingCode.SendAsDenied)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.SendAs],
        TakesTime = true,
    };

    public static readonly Cause MailboxFull = new("mailbox-full", FindingCode.MailboxFull)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.SentItemsCopyOff],
    };

    /// <summary>The other ruleset is not named: this one's administrators may have no access to it.</summary>
    public static readonly Cause MailboxShared = new("mailbox-shared", FindingCode.MailboxShared)
    {
        Field = SettingsField.FromEmail,
        Severity = FindingSeverity.Warning,
    };

    public static readonly Cause DailyLimit = new("daily-limit", FindingCode.DailyLimit) { Field = SettingsField.FromEmail };

    public static readonly Cause DailyLimitReached = new("daily-limit-reached", FindingCode.DailyLimit);

    public static readonly Cause DailyLimitTrial = new("daily-limit-trial", FindingCode.DailyLimit);

    public static readonly Cause DailyLimitDefaultDomain = new("daily-limit-default-domain", FindingCode.DailyLimit) { Field = SettingsField.FromEmail };

    public static readonly Cause FromDefaultDomain = new("from-default-domain", FindingCode.DailyLimit)
    {
        Field = SettingsField.FromEmail,
        Severity = FindingSeverity.Advice,
    };

    public static readonly Cause DailyLimitTenant = new("daily-limit-tenant", FindingCode.DailyLimit);

    public static readonly Cause SenderBlocked = new("sender-blocked", FindingCode.SenderBlocked)
    {
        Field = SettingsField.FromEmail,
        Page = PortalPage.RestrictedSenders,
    };

    public static readonly Cause SenderBanned = new("sender-banned", FindingCode.SenderBlocked) { Field = SettingsField.FromEmail };

    public static readonly Cause TenantBlockedThreshold = new("tenant-blocked-threshold", FindingCode.TenantBlocked);

    public static readonly Cause TenantBlockedReputation = new("tenant-blocked-reputation", FindingCode.TenantBlocked);

    public static readonly Cause FromDomainNotOwned = new("from-domain-not-owned", FindingCode.FromNotOwned) { Field = SettingsField.FromEmail };

    public static readonly Cause FromNotAccepted = new("from-not-accepted", FindingCode.FromInvalid) { Field = SettingsField.FromEmail };

    public static readonly Cause SenderRefused = new("sender-refused", FindingCode.SenderRefused) { Field = SettingsField.FromEmail };

    public static readonly Cause AddressBanned = new("address-banned", FindingCode.SenderRefused) { Field = SettingsField.ServerName };

    public static readonly Cause DmarcFailed = new("dmarc-failed", FindingCode.SenderRefused) { Field = SettingsField.FromEmail };

    public static readonly Cause TooManyConnections = new("too-many-connections", FindingCode.TooManyConnections) { Field = SettingsField.FromEmail };

    public static readonly Cause ConnectionsUsedUp = new("connections-used-up", FindingCode.TooManyConnections) { Field = SettingsField.FromEmail };

    public static readonly Cause TooFast = new("too-fast", FindingCode.TooFast) { Field = SettingsField.FromEmail };
}
