using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// The table of Exchange Online's replies to a client that submits mail: by code, enhanced code and stage. Words decide only
/// among the variants of one enhanced code. The first row that fits counts. Source: Microsoft's lists of SMTP AUTH and
/// non-delivery codes.
/// </summary>
internal static class SmtpReplies
{
    // Microsoft does not say how long a bar lasts; every try under it prolongs it.
    private static readonly TimeSpan Barred = TimeSpan.FromHours(1);

    private static readonly SmtpStage[] SignIn = [SmtpStage.SignIn];
    private static readonly SmtpStage[] Recipient = [SmtpStage.Recipient];
    private static readonly SmtpStage[] Content = [SmtpStage.Content];
    private static readonly SmtpStage[] BeforeContent = [SmtpStage.SignIn, SmtpStage.Sender, SmtpStage.Recipient];
    private static readonly SmtpStage[] AfterSender = [SmtpStage.Recipient, SmtpStage.Content];

    // As Exchange, Postfix, Sendmail, Exim, IIS and hMailServer say that they do not relay for this client.
    private static readonly string[] RelayRefusals =
    [
        "unable to relay", "relay access denied", "relaying denied", "relay not permitted", "relaying not allowed", "not permitted to relay",
        "relay denied", "do not relay", "relaying prohibited", "relaying is prohibited",
    ];

    private static readonly SmtpReplyRow[] Rows =
    [
        .. At(SignIn, Fault.Configuration,
            new("5.7.144", Causes.ExchangePermissionMissing) { Words = "API permission" },
            new("5.7.139", Causes.SmtpAuthDisabledTenant) { Words = "disabled for the tenant" },
            new("5.7.139", Causes.SmtpAuthDisabledMailbox) { Words = "disabled for the mailbox" },
            new("5.7.139", Causes.SecurityDefaults) { Words = "security defaults" },
            new("5.7.139", Causes.BasicAuthDisabled) { Words = "basic authentication is disabled" },
            new("5.7.139", Causes.CredentialsWrong) { Words = "credentials were incorrect" },
            new("5.7.139", Causes.AccountLocked) { Words = "is locked" },
            new("5.7.139", Causes.PasswordExpired) { Words = "password expired" },
            new("5.7.139", Causes.PasswordExpired) { Words = "password has expired" },
            new("5.7.139", Causes.FederationUnreachable) { Words = "federated STS" },
            new("5.7.139", Causes.PolicyBlocksSignIn) { Words = "did not meet the criteria" },
            new("5.7.139", Causes.SignInDisabled),
            new("5.7.3", Causes.SignInRefused),
            new("5.7.4", Causes.MechanismNotKnown)),
        // 5.7.142: it is about to expire. A new connection takes a new token.
        .. Of(Fault.Unreachable, new SmtpReplyRow("5.7.142-143", Causes.TokenExpired) { After = TimeSpan.Zero }),
        .. Of(Fault.Configuration,
            new("5.7.30", Causes.BasicAuthRetired),
            new("5.5.124", Causes.SignInAddressInvalid),
            new("5.7.57", Causes.SignInNeeded),
            // 530 5.7.0, or 451 5.7.3 with Exchange: RFC 3207 leaves the code to the server.
            new(SmtpReplyRow.Any, Causes.EncryptionDemanded) { Words = "STARTTLS", Stages = BeforeContent }),

        // RFC 4954, section 6: 530 is said to every command but a few until the client has signed in.
        new(SmtpReplyRow.Any, Causes.SignInNeeded) { Number = 530, Stages = BeforeContent, Fault = Fault.Configuration },

        // Other servers' refusals have no enhanced code of their own, and are about the connection although they come with a recipient.
        .. Of(Fault.Unreachable,
            new(SmtpReplyRow.Any, Causes.OwnNameRefused) { Words = "Helo command rejected" },
            new(SmtpReplyRow.Any, Causes.OwnNameRefused) { Words = "HELO/EHLO" },
            new(SmtpReplyRow.Any, Causes.OwnNameRefused) { Words = "EHLO name" }),
        .. Of(Fault.Configuration,
            new("5.7.64", Causes.HostReceivesOnly),
            new("5.7.68", Causes.DirectSendRejected),
            new("5.7.240", Causes.HighVolumeAccess),
            new("5.7.54", Causes.RelayDenied)),
        .. RelayRefusals.Select(words => new SmtpReplyRow(SmtpReplyRow.Any, Causes.RelayDenied)
        {
            Words = words, Class = 5, Stages = AfterSender, Fault = Fault.Configuration,
        }),

        .. Of(Fault.Quota,
            new("5.2.253", Causes.MailboxBarredLicence) { After = Barred },
            new("5.2.251", Causes.MailboxBarredFull) { After = Barred },
            new("5.2.252", Causes.MailboxBarredSendAs) { Number = 550, After = Barred },
            new("5.2.254", Causes.MailboxBarredTooManyRecipients) { After = Barred },
            new("5.2.255", Causes.MailboxBarredInvalidRecipients) { After = Barred },
            new("5.2.0", Causes.DailyLimit) { Words = "SubmissionQuotaExceeded" },
            new("5.2.0", Causes.DailyLimit) { Words = "RefuseQuota" },
            new("5.7.236", Causes.DailyLimitDefaultDomain),
            new("5.7.232", Causes.DailyLimitTrial),
            new("5.7.233", Causes.DailyLimitTenant),
            new("5.1.90", Causes.DailyLimit)),

        .. At(Recipient, Fault.OfMessage, new SmtpReplyRow("5.2.2", Causes.RecipientMailboxFull)),
        .. Of(Fault.Quota, new SmtpReplyRow("5.2.2", Causes.DailyLimit) { Words = "Submission quota" }),
        .. Of(Fault.Configuration,
            new("5.2.2", Causes.MailboxFull),
            new("5.2.252", Causes.SendAsDenied),
            new("5.7.60", Causes.SendAsDenied),
            new("5.2.0", Causes.SendAsDenied) { Words = "SendAsDenied" },
            new("5.7.750", Causes.FromDomainNotOwned),
            new("5.1.7", Causes.FromNotAccepted),
            new("5.7.509", Causes.DmarcFailed),
            new("5.7.508", Causes.AddressBanned),
            new("5.7.511", Causes.AddressBanned),
            new("5.7.606-649", Causes.AddressBanned),
            new("4.7.66", Causes.TlsRefusedAsOld)),
        .. Of(Fault.Blocked,
            // WASCL's verdicts but RefuseQuota: Suspend, HipNotify, ShowTierUpgrade.
            new("5.2.0", Causes.SenderBlocked) { Words = "OutboundSpamException" },
            new("5.1.8", Causes.SenderBlocked),
            new("5.7.501-503", Causes.SenderBanned),
            new("5.7.705", Causes.TenantBlockedThreshold),
            new("5.7.708", Causes.TenantBlockedReputation)),

        .. Of(Fault.Throttled,
            new("4.3.2", Causes.TooManyConnections) { Words = "concurrent connections" },
            new("4.3.2", Causes.RecipientBusy) { Words = "recipient thread limit", Fault = Fault.Passing },
            new("4.3.2", Causes.TooManyConnections) { Words = "thread limit" },
            new("4.4.2", Causes.TooFast) { Words = "submission rate" }),
        .. Of(Fault.Unreachable,
            new("4.4.1", Causes.LinkEndedByServer),
            new("4.4.2", Causes.LinkEndedByServer),
            new("5.5.4", Causes.OwnNameRefused) { Words = "domain name" },
            new("5.3.3", Causes.CommandNotKnown)),
        .. At(SignIn, null, new SmtpReplyRow("4.7.0", Causes.SignInBusy) { Number = 454 }),
        new("4.3.2", Causes.ServerDraining) { Number = 421 },
        new("4.7.0", Causes.BackEndAway) { Words = "PRX" },
        new("4.7.0", Causes.BackEndAway) { Words = "Temporary server error" },
        new("4.4.4", Causes.BackEndAway),
        new("4.4.7", Causes.MessageExpired),
        new("4.7.500-699", Causes.TrafficSuspected),
        new("4.7.850-899", Causes.TrafficSuspected),

        .. Of(Fault.Passing,
            new("5.2.121", Causes.RecipientTooMuch) { After = TimeSpan.FromHours(1) },
            new("5.2.122", Causes.RecipientTooMuch) { After = TimeSpan.FromHours(1) }),
        .. At(AfterSender, Fault.OfMessage,
            new("5.1.1", Causes.RecipientNotFound),
            new("5.1.10", Causes.RecipientNotFound),
            new("5.1.3", Causes.RecipientInvalid),
            new("5.4.1", Causes.RecipientDomainRefuses),
            new("5.4.300", Causes.MessageExpired)),
        .. At(Content, Fault.OfMessage, new SmtpReplyRow("5.7.1", Causes.RecipientRestricted) { Words = "delivery not authorized" }),
        .. At(Recipient, Fault.OfMessage, new SmtpReplyRow("5.7.1", Causes.RecipientRestricted) { Words = "delivery not authorized" }),
        .. Of(Fault.OfMessage,
            new("4.5.3", Causes.RecipientsTooMany),
            new("5.5.3", Causes.RecipientsTooMany),
            new("5.7.124", Causes.RecipientRestricted),
            new("5.7.129", Causes.RecipientRestricted),
            new("5.7.133-134", Causes.RecipientRestricted),
            new("5.7.136", Causes.RecipientRestricted),
            // Exchange's names for restrictions on who may send to a recipient.
            new(SmtpReplyRow.Any, Causes.RecipientRestricted) { Words = "RESOLVER.RST." },
            new("5.5.105", Causes.HighVolumeExternal),
            new("5.7.703", Causes.BlockList),
            new("5.7.512", Causes.FromHeaderInvalid),
            new("5.6.11", Causes.BareLineFeed),
            new("5.3.4", Causes.MessageTooLarge),
            new("5.2.3", Causes.MessageTooLarge)),
    ];

    /// <summary>Most likely first; never empty.</summary>
    public static IReadOnlyList<Finding> For(SmtpSituation at) => [Judge(at).Reason];

    public static Refusal Judge(SmtpSituation at)
    {
        var reply = at.Reply;
        // Exchange gives the same texts under both numbers.
        var known = reply.Enhanced == "5.7.144" ? reply with { Enhanced = "5.7.139" } : reply;
        var row = AboutPassword(reply, at) ? null : Array.Find(Rows, r => r.Fits(reply, at.Stage) || r.Fits(known, at.Stage));
        return row is null
            ? SmtpReplyClasses.Judge(at)
            : new Refusal(row.Fault ?? SmtpReplyClasses.Whose(at), row.Cause.Told(SmtpFindings.Values(at.Endpoint)), row.After);
    }

    // Said to a token, 5.7.3 may mean a dozen things and 5.7.4 a server in between; said to a password, neither does.
    private static bool AboutPassword(SmtpReply reply, SmtpSituation at) =>
        reply.Enhanced is "5.7.3" or "5.7.4" && at is { Stage: SmtpStage.SignIn, Endpoint.Field: not SettingsField.Cloud };

    private static IEnumerable<SmtpReplyRow> At(SmtpStage[] stages, Fault? fault, params SmtpReplyRow[] rows) =>
        rows.Select(row => row with { Stages = stages, Fault = fault });

    private static IEnumerable<SmtpReplyRow> Of(Fault fault, params SmtpReplyRow[] rows) => rows.Select(row => row with { Fault = row.Fault ?? fault });
}
