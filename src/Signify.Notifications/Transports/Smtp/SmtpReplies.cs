using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// The table of Exchange Online's replies to a client that submits mail: by code, enhanced code and stage. Words decide only
/// among the variants of one enhanced code. Source: Microsoft's lists of SMTP AUTH and non-delivery codes.
/// </summary>
internal static class SmtpReplies
{
    private const string NotAllowedToWrite = "The recipient takes mail from chosen senders only.";
    private const string AskRecipient = "Whoever keeps the recipient's mailbox or group allows From Email.";

    // Microsoft does not say how long a bar lasts; every try under it prolongs it.
    private static readonly TimeSpan Barred = TimeSpan.FromHours(1);

    private static readonly Row[] Rows =
    [
        // Sign-in
        new("5.7.139", SmtpStage.SignIn, "disabled for the tenant", Fault.Configuration, FindingCode.SmtpAuthDisabledTenant,
            "SMTP sign-in (SMTP AUTH) is switched off for the whole tenant.",
            "This mailbox has no exception. Switch it on for this one mailbox; the rest of the tenant stays as it is. In the Microsoft 365 admin center: Users, Active users, the mailbox, Mail, Manage email apps, Authenticated SMTP. Or run the command in Exchange Online PowerShell.",
            SettingsField.FromEmail),
        new("5.7.139", SmtpStage.SignIn, "disabled for the mailbox", Fault.Configuration, FindingCode.SmtpAuthDisabledMailbox,
            "SMTP sign-in (SMTP AUTH) is switched off for this mailbox.",
            "In the Microsoft 365 admin center: Users, Active users, the mailbox, Mail, Manage email apps, Authenticated SMTP. Or run the command in Exchange Online PowerShell.",
            SettingsField.FromEmail),
        new("5.7.139", SmtpStage.SignIn, "security defaults", Fault.Configuration, FindingCode.SecurityDefaults,
            "The tenant's security defaults block this sign-in.",
            "Send over Microsoft Graph, which they do not concern, or ask whoever keeps the tenant to replace security defaults by Conditional Access policies.",
            SettingsField.Route),
        new("5.7.139", SmtpStage.SignIn, "basic authentication is disabled", Fault.Configuration, FindingCode.BasicAuthRetired,
            "The server no longer accepts a user name and password.", "Turn Token-Based Authentication on and follow the set-up guide.", SettingsField.TokenBasedAuthentication),
        new("5.7.139", SmtpStage.SignIn, "credentials were incorrect", Fault.Configuration, FindingCode.BasicCredentialsWrong,
            "The user name or the password is wrong.", "Enter both again. Microsoft 365 is giving up passwords for sending mail: better turn Token-Based Authentication on.", SettingsField.Password),
        new("5.7.139", SmtpStage.SignIn, "did not meet the criteria", Fault.Configuration, FindingCode.ConditionalAccess,
            "A policy of the tenant blocks this sign-in: Conditional Access or an authentication policy.",
            "Ask whoever keeps Conditional Access to look at the sign-in logs of this app or user for the time of this check.", null),
        new("5.7.30", null, null, Fault.Configuration, FindingCode.BasicAuthRetired,
            "Microsoft 365 no longer accepts a user name and password for sending mail.", "Turn Token-Based Authentication on and follow the set-up guide.", SettingsField.TokenBasedAuthentication),
        new("5.7.3", SmtpStage.SignIn, null, Fault.Configuration, FindingCode.SignInRefused,
            "Exchange refused the sign-in and does not say why.", "Check that the app may use this mailbox, and that From Email is the mailbox's primary address.", SettingsField.FromEmail),
        new("5.7.4", SmtpStage.SignIn, null, Fault.Configuration, FindingCode.Xoauth2NotOffered,
            "The server does not know this way of signing in.", "Something in between may answer in the server's place: ask the network team.", SettingsField.Cloud),
        new("5.5.124", null, null, Fault.Configuration, FindingCode.SignInRefused,
            "The server cannot use this address to sign in.", "Enter the primary address of the mailbox in From Email.", SettingsField.FromEmail),
        new("5.7.57", null, null, Fault.Configuration, FindingCode.SignInRefused,
            "The server wants a sign-in before it takes mail.", "Turn Credentials Required on and enter the credentials.", SettingsField.CredentialsRequired),

        // Mailboxes that Exchange bars after repeated errors
        new("5.2.253", null, null, Fault.Quota, FindingCode.MailboxBarred,
            "Exchange bars this mailbox: it has no valid licence.",
            "Give the mailbox a licence with Exchange Online, or make it a shared mailbox. Then wait: Exchange lifts the bar by itself, support cannot. Do not check in a loop, it prolongs the bar.", SettingsField.FromEmail)
        { After = Barred },
        new("5.2.251", null, null, Fault.Quota, FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: it was full again and again.", "Empty the mailbox, then wait an hour or more before you check again.", SettingsField.FromEmail)
        { After = Barred },
        new("5.2.252", null, null, Fault.Quota, FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: it sent with an address that is not its own again and again.", "Correct From Email, then wait an hour or more before you check again.", SettingsField.FromEmail)
        { Number = 550, After = Barred },
        new("5.2.254", null, null, Fault.Quota, FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: its messages had too many recipients again and again.", "Wait an hour or more before you check again.", SettingsField.FromEmail)
        { After = Barred },
        new("5.2.255", null, null, Fault.Quota, FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: it wrote to invalid addresses again and again.", "Correct the addresses, then wait an hour or more before you check again.", SettingsField.FromEmail)
        { After = Barred },

        // Sender
        new("5.2.252", null, null, Fault.Configuration, FindingCode.SendAsDenied,
            "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address, or give the app the right to send as this address.", SettingsField.FromEmail),
        new("5.7.60", null, null, Fault.Configuration, FindingCode.SendAsDenied,
            "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address, or give the app the right to send as this address.", SettingsField.FromEmail),
        new("5.2.0", null, "SubmissionQuotaExceeded", Fault.Quota, FindingCode.DailyLimit,
            "The mailbox has written to as many recipients as Exchange allows in 24 hours.", "Wait: the window slides, and room comes back hour by hour.", SettingsField.FromEmail),
        new("5.2.0", null, "SendAsDenied", Fault.Configuration, FindingCode.SendAsDenied,
            "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address, or give the app the right to send as this address.", SettingsField.FromEmail),
        new("5.7.232", null, null, Fault.Quota, FindingCode.DailyLimit,
            "The trial tenant has written to as many people outside as Microsoft allows it in 24 hours.", "Wait: the window slides. A tenant with paid licences may write to more.", null),
        new("5.7.233", null, null, Fault.Quota, FindingCode.DailyLimit,
            "The tenant has written to as many people outside as its licences allow in 24 hours.", "Wait: the window slides. More licences raise the limit.", null),
        new("5.1.90", null, null, Fault.Quota, FindingCode.DailyLimit,
            "The mailbox has written to as many recipients as Exchange allows in 24 hours.", "Wait: the window slides, and room comes back hour by hour.", SettingsField.FromEmail),
        new("5.2.2", SmtpStage.Recipient, null, Fault.OfMessage, FindingCode.RecipientRejected,
            "The recipient's mailbox is full.", "Send again when it has room, or check the address.", null),
        new("5.2.2", null, "Submission quota", Fault.Quota, FindingCode.DailyLimit,
            "The mailbox has written to as many recipients as Exchange allows in 24 hours.", "Wait: the window slides, and room comes back hour by hour.", SettingsField.FromEmail),
        new("5.2.2", null, null, Fault.Configuration, FindingCode.MailboxFull,
            "The mailbox is full, and a full mailbox cannot send.", "Empty it. The copies in Sent Items fill it: switch them off with Set-Mailbox -MessageCopyForSMTPClientSubmissionEnabled $false.", SettingsField.FromEmail),
        new("5.1.8", null, null, Fault.Blocked, FindingCode.SenderBlocked,
            "Microsoft has stopped this sender for suspected spam.", "An administrator lifts it at security.microsoft.com/restrictedusers. Find out first why it was stopped.", SettingsField.FromEmail),
        new("5.7.501", null, null, Fault.Blocked, FindingCode.SenderBlocked, "Microsoft has banned this sender for spam.", "Contact Microsoft support.", SettingsField.FromEmail),
        new("5.7.502", null, null, Fault.Blocked, FindingCode.SenderBlocked, "Microsoft has banned this sender for spam.", "Contact Microsoft support.", SettingsField.FromEmail),
        new("5.7.503", null, null, Fault.Blocked, FindingCode.SenderBlocked, "Microsoft has banned this sender for spam.", "Contact Microsoft support.", SettingsField.FromEmail),
        new("5.7.705", null, null, Fault.Blocked, FindingCode.TenantBlocked,
            "The tenant has sent more than Microsoft allows, and is stopped as a whole.", "Contact Microsoft support. After a lapsed subscription is renewed it can last a day.", null),
        new("5.7.708", null, null, Fault.Blocked, FindingCode.TenantBlocked,
            "Microsoft takes no mail from this tenant's addresses: usual for trial tenants.", "Give the tenant paid licences, or contact Microsoft support.", null),
        new("5.7.750", null, null, Fault.Configuration, FindingCode.FromNotOwned,
            "The domain of From Email is not one of the tenant's.", "Add and verify the domain in the Microsoft 365 admin center, or send from one that is.", SettingsField.FromEmail),
        new("5.7.64", null, null, Fault.Configuration, FindingCode.SignInRefused,
            "This host receives mail for a domain and does not take mail from programs.", "Use the host for sending: smtp.office365.com.", SettingsField.ServerName),
        new("5.1.7", null, null, Fault.Configuration, FindingCode.FromInvalid, "The server does not accept From Email as an address.", "Correct From Email.", SettingsField.FromEmail),

        // Pace
        new("4.7.66", null, null, Fault.Configuration, FindingCode.TlsTooOld,
            "Exchange does not accept TLS 1.0 and 1.1.", "This program speaks TLS 1.2 and newer, so something in between lowers it: ask the network team.", SettingsField.Cloud),
        new("4.3.2", null, "concurrent connections", Fault.Throttled, FindingCode.TooManyConnections,
            "The mailbox has three connections already, and Exchange allows no more.", "Find the other program that sends from this mailbox, or check again when it has finished.", SettingsField.FromEmail),
        new("4.3.2", null, "recipient thread limit", Fault.Passing, FindingCode.ServerBusy,
            "The recipient's mailbox receives too much at the moment.", "Nothing: it is tried again.", null),
        new("4.3.2", null, "thread limit", Fault.Throttled, FindingCode.TooManyConnections,
            "The mailbox has three connections already, and Exchange allows no more.", "Find the other program that sends from this mailbox, or check again when it has finished.", SettingsField.FromEmail),
        new("4.4.1", null, null, Fault.Unreachable, FindingCode.LinkLost,
            "The server ended the connection: it was idle or slow.", "Nothing: it is opened again.", null),
        new("4.4.2", null, "submission rate", Fault.Throttled, FindingCode.TooFast,
            "The mailbox sends faster than the server allows.", "Wait a minute. Find the other program that sends from this mailbox.", SettingsField.FromEmail),

        new("4.4.2", null, null, Fault.Unreachable, FindingCode.LinkLost,
            "The server ended the connection: it was idle or slow.", "Nothing: it is opened again.", null),

        // Recipients and content
        new("5.2.121", null, null, Fault.Passing, FindingCode.TooFast,
            "The recipient gets more mail in an hour than Exchange allows.", "Send this recipient fewer messages.", null)
        { After = TimeSpan.FromHours(1) },
        new("5.2.122", null, null, Fault.Passing, FindingCode.TooFast,
            "The recipient gets more mail in an hour than Exchange allows.", "Send this recipient fewer messages.", null)
        { After = TimeSpan.FromHours(1) },
        new("4.5.3", null, null, Fault.OfMessage, FindingCode.RecipientRejected,
            "The message has more recipients than the server takes at once.", "Send it to fewer people.", null),
        new("5.5.3", null, null, Fault.OfMessage, FindingCode.RecipientRejected,
            "The message has more recipients than the server takes at once.", "Send it to fewer people.", null),
        new("5.7.1", SmtpStage.Content, "delivery not authorized", Fault.OfMessage, FindingCode.RecipientRejected, NotAllowedToWrite, AskRecipient, null),
        new("5.7.124", null, null, Fault.OfMessage, FindingCode.RecipientRejected, NotAllowedToWrite, AskRecipient, null),
        new("5.7.133", null, null, Fault.OfMessage, FindingCode.RecipientRejected, NotAllowedToWrite, AskRecipient, null),
        new("5.7.134", null, null, Fault.OfMessage, FindingCode.RecipientRejected, NotAllowedToWrite, AskRecipient, null),
        new("5.7.136", null, null, Fault.OfMessage, FindingCode.RecipientRejected, NotAllowedToWrite, AskRecipient, null),
        new("5.7.703", null, null, Fault.OfMessage, FindingCode.MessageRefused,
            "The tenant's block list names a recipient of the message.", "The Exchange administrator looks at the Tenant Allow/Block List.", null),
        new("5.7.512", null, null, Fault.OfMessage, FindingCode.MessageRefused, "The server finds no valid From in the message.", "Read the server's words below.", null),
        new("5.3.4", null, null, Fault.OfMessage, FindingCode.MessageTooLarge, "The message is larger than the server takes.", "Send a smaller message.", null),
        new("5.2.3", null, null, Fault.OfMessage, FindingCode.MessageTooLarge, "The message is larger than the server takes.", "Send a smaller message.", null),
    ];

    /// <summary>Most likely first; never empty.</summary>
    public static IReadOnlyList<Finding> For(SmtpSituation at) => [Judge(at).Reason];

    public static Refusal Judge(SmtpSituation at)
    {
        var reply = at.Reply;
        // Exchange gives the same words under both numbers.
        var known = reply.Enhanced == "5.7.144" ? reply with { Enhanced = "5.7.139" } : reply;
        var row = AboutPassword(reply, at) ? null : Array.Find(Rows, r => r.Fits(known, at.Stage));
        return row is not null ? row.Refusal : SmtpReplyClasses.Judge(at);
    }

    // Said to a token, 5.7.3 may mean a dozen things and 5.7.4 a server in between; said to a password, neither does.
    private static bool AboutPassword(SmtpReply reply, SmtpSituation at) =>
        reply.Enhanced is "5.7.3" or "5.7.4" && at is { Stage: SmtpStage.SignIn, Endpoint.Field: not SettingsField.Cloud };

    private sealed record Row(string Enhanced, SmtpStage? Stage, string? Words, Fault Fault, FindingCode Code, string Message, string Remedy, string? Field)
    {
        /// <summary>Where one enhanced code means different things under different numbers.</summary>
        public int? Number { get; init; }

        public TimeSpan? After { get; init; }

        public Refusal Refusal => new(Fault, new Finding(Code, Message, Remedy) { Field = Field }, After);

        public bool Fits(SmtpReply reply, SmtpStage stage) =>
            reply.Enhanced == Enhanced
            && (Number is null || Number == reply.Code)
            && (Stage is null || Stage == stage)
            && (Words is null || reply.Text.Contains(Words, StringComparison.OrdinalIgnoreCase));
    }
}
