using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What Microsoft Graph answers to a message, and why it may not answer at all.</content>
public static partial class Causes
{
    public static readonly Cause GraphAccessDenied = new("graph-access-denied", FindingCode.GraphPermissionMissing)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        TellApart = "graph-role",
        Repair = [RepairScript.GraphOneMailbox],
        TakesTime = true,
    };

    public static readonly Cause GraphMailboxExcluded = new("graph-mailbox-excluded", FindingCode.AccessPolicy)
    {
        Field = SettingsField.FromEmail,
        Certainty = Certainty.Likely,
        TellApart = "graph-scope",
        Repair = [RepairScript.GraphOneMailbox],
        TakesTime = true,
    };

    public static readonly Cause GraphConsentFresh = new("graph-consent-fresh", FindingCode.GraphPermissionMissing)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        Certainty = Certainty.Possible,
        TakesTime = true,
    };

    public static readonly Cause GraphAccessPolicy = new("graph-access-policy", FindingCode.AccessPolicy)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.GraphOneMailbox],
        TakesTime = true,
    };

    public static readonly Cause GraphConditionalAccess = new("graph-conditional-access", FindingCode.ConditionalAccess)
    {
        Field = SettingsField.ClientId,
    };

    public static readonly Cause GraphSendAsDenied = new("graph-send-as-denied", FindingCode.SendAsDenied)
    {
        Field = SettingsField.FromEmail,
        Repair = [RepairScript.SendAs],
        TakesTime = true,
    };

    public static readonly Cause GraphUserUnknown = new("graph-user-unknown", FindingCode.MailboxNotFound) { Field = SettingsField.FromEmail };

    public static readonly Cause GraphMailboxMissing = new("graph-mailbox-missing", FindingCode.MailboxNotFound)
    {
        Field = SettingsField.FromEmail,
        TakesTime = true,
    };

    public static readonly Cause GraphMailboxFull = new("graph-mailbox-full", FindingCode.MailboxFull) { Field = SettingsField.FromEmail };

    public static readonly Cause GraphSenderBlocked = new("graph-sender-blocked", FindingCode.SenderBlocked)
    {
        Field = SettingsField.FromEmail,
        Page = PortalPage.RestrictedSenders,
    };

    public static readonly Cause GraphRecipientInvalid = new("graph-recipient-invalid", FindingCode.RecipientRejected);

    public static readonly Cause GraphRecipientsTooMany = new("graph-recipients-too-many", FindingCode.RecipientRejected);

    public static readonly Cause GraphMessageTooLarge = new("graph-message-too-large", FindingCode.MessageTooLarge);

    public static readonly Cause GraphMessageDropped = new("graph-message-dropped", FindingCode.MessageTooLarge) { Certainty = Certainty.Likely };

    public static readonly Cause GraphMessageMalformed = new("graph-message-malformed", FindingCode.MessageRefused);

    public static readonly Cause GraphMessageRefused = new("graph-message-refused", FindingCode.MessageRefused);

    public static readonly Cause GraphTokenRefused = new("graph-token-refused", FindingCode.SignInRefused) { Field = SettingsField.Cloud };

    public static readonly Cause GraphMailboxNotFound = new("graph-mailbox-not-found", FindingCode.MailboxNotFound)
    {
        Field = SettingsField.FromEmail,
    };

    public static readonly Cause GraphTooFast = new("graph-too-fast", FindingCode.TooFast);

    public static readonly Cause GraphTooSlow = new("graph-too-slow", FindingCode.ServerBusy);

    public static readonly Cause GraphBusy = new("graph-busy", FindingCode.ServerBusy);

    public static readonly Cause GraphFault = new("graph-fault", FindingCode.ServerBusy);

    public static readonly Cause GraphNotGraph = new("graph-not-graph", FindingCode.MessageRefused);

    public static readonly Cause GraphInterfered = new("graph-interfered", FindingCode.GraphInterfered);

    public static readonly Cause GraphInDoubt = new("graph-in-doubt", FindingCode.LinkLost);

    public static readonly Cause GraphNameNotFound = new("graph-name-not-found", FindingCode.NameNotFound) { Field = SettingsField.Cloud };

    public static readonly Cause GraphTlsFailed = new("graph-tls-failed", FindingCode.TlsFailed);

    public static readonly Cause GraphConnectionFailed = new("graph-connection-failed", FindingCode.ConnectionFailed);

    public static readonly Cause GraphSilent = new("graph-silent", FindingCode.ConnectionTimedOut);

    public static readonly Cause GraphConnectionBroken = new("graph-connection-broken", FindingCode.LinkLost);
}
