using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// The table of Exchange Online's replies to a client that submits mail: by code, enhanced code and stage. Words decide only
/// among the variants of one enhanced code. Source: Microsoft's lists of SMTP AUTH and non-delivery codes.
/// </summary>
internal static class SmtpReplies
{
    private static readonly Row[] Rows =
    [
        // Sign-in
        new("5.7.139", SmtpStage.SignIn, "disabled for the tenant", FindingCode.SmtpAuthDisabledTenant,
            "SMTP sign-in (SMTP AUTH) is switched off for the whole tenant.",
            "This mailbox has no exception. Switch it on for this one mailbox; the rest of the tenant stays as it is. In the Microsoft 365 admin center: Users, Active users, the mailbox, Mail, Manage email apps, Authenticated SMTP. Or run the command in Exchange Online PowerShell.",
            SettingsField.FromEmail),
        new("5.7.139", SmtpStage.SignIn, "disabled for the mailbox", FindingCode.SmtpAuthDisabledMailbox,
            "SMTP sign-in (SMTP AUTH) is switched off for this mailbox.",
            "In the Microsoft 365 admin center: Users, Active users, the mailbox, Mail, Manage email apps, Authenticated SMTP. Or run the command in Exchange Online PowerShell.",
            SettingsField.FromEmail),
        new("5.7.139", SmtpStage.SignIn, "security defaults", FindingCode.SecurityDefaults,
            "The tenant's security defaults block this sign-in.",
            "Send over Microsoft Graph, which they do not concern, or ask whoever keeps the tenant to replace security defaults by Conditional Access policies.",
            SettingsField.Route),
        new("5.7.139", SmtpStage.SignIn, "basic authentication is disabled", FindingCode.BasicAuthRetired,
            "The server no longer accepts a user name and password.", "Turn Token-Based Authentication on and follow the set-up guide.", SettingsField.TokenBasedAuthentication),
        new("5.7.139", SmtpStage.SignIn, "credentials were incorrect", FindingCode.BasicCredentialsWrong,
            "The user name or the password is wrong.", "Enter both again. Microsoft 365 is giving up passwords for sending mail: better turn Token-Based Authentication on.", SettingsField.Password),
        new("5.7.139", SmtpStage.SignIn, "did not meet the criteria", FindingCode.ConditionalAccess,
            "A policy of the tenant blocks this sign-in: Conditional Access or an authentication policy.",
            "Ask whoever keeps Conditional Access to look at the sign-in logs of this app or user for the time of this check.", null),
        new("5.7.30", null, null, FindingCode.BasicAuthRetired,
            "Microsoft 365 no longer accepts a user name and password for sending mail.", "Turn Token-Based Authentication on and follow the set-up guide.", SettingsField.TokenBasedAuthentication),
        new("5.7.3", SmtpStage.SignIn, null, FindingCode.SignInRefused,
            "Exchange refused the sign-in and does not say why.", "Check that the app may use this mailbox, and that From Email is the mailbox's primary address.", SettingsField.FromEmail),
        new("5.7.4", SmtpStage.SignIn, null, FindingCode.Xoauth2NotOffered,
            "The server does not know this way of signing in.", "Something in between may answer in the server's place: ask the network team.", SettingsField.Cloud),
        new("5.5.124", null, null, FindingCode.SignInRefused,
            "The server cannot use this address to sign in.", "Enter the primary address of the mailbox in From Email.", SettingsField.FromEmail),
        new("5.7.57", null, null, FindingCode.SignInRefused,
            "The server wants a sign-in before it takes mail.", "Turn Credentials Required on and enter the credentials.", SettingsField.CredentialsRequired),

        // Mailboxes that Exchange bars after repeated errors
        new("5.2.253", null, null, FindingCode.MailboxBarred,
            "Exchange bars this mailbox: it has no valid licence.",
            "Give the mailbox a licence with Exchange Online, or make it a shared mailbox. Then wait: Exchange lifts the bar by itself, support cannot. Do not check in a loop, it prolongs the bar.", SettingsField.FromEmail),
        new("5.2.251", null, null, FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: it was full again and again.", "Empty the mailbox, then wait an hour or more before you check again.", SettingsField.FromEmail),
        new("5.2.252", null, "throttled", FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: it sent with an address that is not its own again and again.", "Correct From Email, then wait an hour or more before you check again.", SettingsField.FromEmail),
        new("5.2.254", null, null, FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: its messages had too many recipients again and again.", "Wait an hour or more before you check again.", SettingsField.FromEmail),
        new("5.2.255", null, null, FindingCode.MailboxBarred,
            "Exchange bars this mailbox for a time: it wrote to invalid addresses again and again.", "Correct the addresses, then wait an hour or more before you check again.", SettingsField.FromEmail),

        // Sender
        new("5.2.252", null, null, FindingCode.SendAsDenied,
            "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address, or give the app the right to send as this address.", SettingsField.FromEmail),
        new("5.7.60", null, null, FindingCode.SendAsDenied,
            "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address, or give the app the right to send as this address.", SettingsField.FromEmail),
        new("5.2.0", null, "SubmissionQuotaExceeded", FindingCode.DailyLimit,
            "The mailbox has written to as many recipients as Exchange allows in 24 hours.", "Wait: the window slides, and room comes back hour by hour.", SettingsField.FromEmail),
        new("5.2.0", null, "SendAsDenied", FindingCode.SendAsDenied,
            "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address, or give the app the right to send as this address.", SettingsField.FromEmail),
        new("5.7.232", null, null, FindingCode.DailyLimit,
            "The trial tenant has written to as many people outside as Microsoft allows it in 24 hours.", "Wait: the window slides. A tenant with paid licences may write to more.", null),
        new("5.7.233", null, null, FindingCode.DailyLimit,
            "The tenant has written to as many people outside as its licences allow in 24 hours.", "Wait: the window slides. More licences raise the limit.", null),
        new("5.1.90", null, null, FindingCode.DailyLimit,
            "The mailbox has written to as many recipients as Exchange allows in 24 hours.", "Wait: the window slides, and room comes back hour by hour.", SettingsField.FromEmail),
        new("5.2.2", null, "Submission quota", FindingCode.DailyLimit,
            "The mailbox has written to as many recipients as Exchange allows in 24 hours.", "Wait: the window slides, and room comes back hour by hour.", SettingsField.FromEmail),
        new("5.2.2", null, null, FindingCode.MailboxFull,
            "The mailbox is full, and a full mailbox cannot send.", "Empty it. The copies in Sent Items fill it: switch them off with Set-Mailbox -MessageCopyForSMTPClientSubmissionEnabled $false.", SettingsField.FromEmail),
        new("5.1.8", null, null, FindingCode.SenderBlocked,
            "Microsoft has stopped this sender for suspected spam.", "An administrator lifts it at security.microsoft.com/restrictedusers. Find out first why it was stopped.", SettingsField.FromEmail),
        new("5.7.501", null, null, FindingCode.SenderBlocked, "Microsoft has banned this sender for spam.", "Contact Microsoft support.", SettingsField.FromEmail),
        new("5.7.502", null, null, FindingCode.SenderBlocked, "Microsoft has banned this sender for spam.", "Contact Microsoft support.", SettingsField.FromEmail),
        new("5.7.503", null, null, FindingCode.SenderBlocked, "Microsoft has banned this sender for spam.", "Contact Microsoft support.", SettingsField.FromEmail),
        new("5.7.705", null, null, FindingCode.TenantBlocked,
            "The tenant has sent more than Microsoft allows, and is stopped as a whole.", "Contact Microsoft support. After a lapsed subscription is renewed it can last a day.", null),
        new("5.7.708", null, null, FindingCode.TenantBlocked,
            "Microsoft takes no mail from this tenant's addresses: usual for trial tenants.", "Give the tenant paid licences, or contact Microsoft support.", null),
        new("5.7.750", null, null, FindingCode.FromNotOwned,
            "The domain of From Email is not one of the tenant's.", "Add and verify the domain in the Microsoft 365 admin center, or send from one that is.", SettingsField.FromEmail),
        new("5.7.64", null, null, FindingCode.SignInRefused,
            "This host receives mail for a domain and does not take mail from programs.", "Use the host for sending: smtp.office365.com.", SettingsField.ServerName),
        new("5.1.7", null, null, FindingCode.FromInvalid, "The server does not accept From Email as an address.", "Correct From Email.", SettingsField.FromEmail),

        // Pace
        new("4.7.66", null, null, FindingCode.TlsTooOld,
            "Exchange does not accept TLS 1.0 and 1.1.", "This program speaks TLS 1.2 and newer, so something in between lowers it: ask the network team.", SettingsField.Cloud),
        new("4.3.2", null, "concurrent connections", FindingCode.TooManyConnections,
            "The mailbox has three connections already, and Exchange allows no more.", "Find the other program that sends from this mailbox, or check again when it has finished.", SettingsField.FromEmail),
        new("4.3.2", null, "thread limit", FindingCode.TooManyConnections,
            "The mailbox has three connections already, and Exchange allows no more.", "Find the other program that sends from this mailbox, or check again when it has finished.", SettingsField.FromEmail),
        new("4.4.2", null, "submission rate", FindingCode.TooFast,
            "The mailbox sends faster than the server allows.", "Wait a minute. Find the other program that sends from this mailbox.", SettingsField.FromEmail),

        // Recipients and content
        new("5.3.4", null, null, FindingCode.MessageTooLarge, "The message is larger than the server takes.", "Send a smaller message.", null),
        new("5.2.3", null, null, FindingCode.MessageTooLarge, "The message is larger than the server takes.", "Send a smaller message.", null),
    ];

    /// <summary>Most likely first; never empty.</summary>
    public static IReadOnlyList<Finding> For(SmtpSituation at)
    {
        var reply = at.Reply;
        // Exchange gives the same words under both numbers.
        var known = reply.Enhanced == "5.7.144" ? reply with { Enhanced = "5.7.139" } : reply;
        var row = AboutPassword(reply, at) ? null : Array.Find(Rows, r => r.Fits(known, at.Stage));
        return [row is not null ? row.Finding : ByClass(reply, at)];
    }

    // Said to a token, 5.7.3 may mean a dozen things and 5.7.4 a server in between; said to a password, neither does.
    private static bool AboutPassword(SmtpReply reply, SmtpSituation at) =>
        reply.Enhanced is "5.7.3" or "5.7.4" && at is { Stage: SmtpStage.SignIn, Endpoint.Field: not SettingsField.Cloud };

    // An unknown code: the class of the reply and the stage still tell what kind of thing it is.
    private static Finding ByClass(SmtpReply reply, SmtpSituation at) => (reply.Code, at.Stage) switch
    {
        (432, _) => new(FindingCode.TooManyConnections,
            "The mailbox has as many connections as the server allows.", "Find the other program that sends from this mailbox, or check again when it has finished.")
        { Field = SettingsField.FromEmail },
        ( >= 400 and < 500, _) => new(FindingCode.ServerBusy,
            "The mail server cannot answer at the moment.", "Check again in a few minutes. If it lasts, look at the service health in the Microsoft 365 admin center."),
        (504, SmtpStage.SignIn) when at.Endpoint.Field != SettingsField.Cloud => SmtpFindings.SignInNotOffered(at.Endpoint),
        ( >= 500, SmtpStage.SignIn) when at.Endpoint.Field == SettingsField.ServerName => new(FindingCode.BasicCredentialsWrong,
            "The server refused the user name and password.", "Enter both again. Some servers want an app password.")
        { Field = SettingsField.Password },
        ( >= 500, SmtpStage.SignIn) when at.Endpoint.Field == SettingsField.UseOwnSmtpDetails => new(FindingCode.BasicCredentialsWrong,
            "The shared relay refused its user name and password.", "Ask the operator to correct SharedRelay, or turn Use Own SMTP Details on.")
        { Field = SettingsField.UseOwnSmtpDetails },
        // Exchange never says this; the others say it as RFC 4954 has it, and mean the token or the user.
        (535, SmtpStage.SignIn) when reply.Enhanced == "5.7.8" => new(FindingCode.SignInRefused,
            $"{at.Endpoint} does not accept the token for this mailbox.",
            "Check that From Email is the user for whom the token is made, and that the server trusts this token service and its audience. The server's log says which of these it is.")
        { Field = SettingsField.FromEmail },
        ( >= 500, SmtpStage.SignIn) => new(FindingCode.SignInRefused,
            "The server refused the sign-in for a reason that this program does not know.", "Read the server's words below. Use Copy for support if they do not help.")
        { Field = SettingsField.FromEmail },
        ( >= 500, SmtpStage.Sender) => new(FindingCode.SenderRefused,
            "The server does not take mail from this address.", "Check From Email, and whether this server is allowed to send for it.")
        { Field = SettingsField.FromEmail },
        ( >= 500, SmtpStage.Recipient) => new(FindingCode.RecipientRejected, "The server does not take mail for this recipient.", "Check the recipient's address."),
        ( >= 500, SmtpStage.Content) => new(FindingCode.MessageRefused, "The server refused the message.", "Read the server's words below."),
        ( >= 500, _) => new(FindingCode.ServerBusy,
            "The mail server turned the connection away.", "Read the server's words below. Check that this server's public address may connect to it."),
        _ => SmtpFindings.NotMailServer(at.Endpoint),
    };

    private sealed record Row(string Enhanced, SmtpStage? Stage, string? Words, FindingCode Code, string Message, string Remedy, string? Field)
    {
        public Finding Finding => new(Code, Message, Remedy) { Field = Field };

        public bool Fits(SmtpReply reply, SmtpStage stage) =>
            reply.Enhanced == Enhanced
            && (Stage is null || Stage == stage)
            && (Words is null || reply.Text.Contains(Words, StringComparison.OrdinalIgnoreCase));
    }
}
