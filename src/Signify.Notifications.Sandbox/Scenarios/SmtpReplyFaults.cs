using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>Exchange Online's replies, each with a mailbox that draws it. Source: Microsoft's lists of SMTP AUTH and non-delivery codes.</summary>
internal static class SmtpReplyFaults
{
    // To AUTH.
    private static readonly SmtpReplyFault[] SignIn =
    [
        new("security-defaults", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", "security-defaults"),
        new("basic-disabled", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "basic-auth-retired"),
        new("policy-not-met", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.", "conditional-access"),
        new("credentials-incorrect", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "basic-credentials-wrong"),
        new("smtp-auth-off-other-number", SmtpStage.Auth, "535 5.7.144 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "smtp-auth-disabled-mailbox"),
        new("api-permission", SmtpStage.Auth, "535 5.7.144 XOAUTH2 authentication failed. Invalid API permissions.", "exchange-permission-missing"),
        new("token-expired", SmtpStage.Auth, "535 5.7.143 XOAUTH2 authentication failed. The token has expired.", "token-expired"),
        new("basic-retired", SmtpStage.Auth, "550 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-retired"),
        new("address-not-valid", SmtpStage.Auth, "501 5.5.124 Invalid XOAUTH2 auth data - User address provided is not valid.", "sign-in-refused"),
        new("mechanism-unknown", SmtpStage.Auth, "504 5.7.4 Unrecognized authentication type", "xoauth2-not-offered"),
        new("sign-in-busy", SmtpStage.Auth, "454 4.7.0 Temporary authentication failure", "server-busy"),
        new("sign-in-proxied", SmtpStage.Auth, "451 4.7.0 Temporary server error. Please try again later. PRX2", "server-busy"),
        new("connections-used-up", SmtpStage.Auth, "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.", "too-many-connections"),
        new("sign-in-refused-unknown", SmtpStage.Auth, "535 5.9.99 Anmeldung abgelehnt", "sign-in-refused"),
        new("account-locked", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, the account is locked.", "basic-credentials-wrong"),
        new("password-expired", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, the user password has expired.", "basic-credentials-wrong"),
        new("federation-unreachable", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, the federated STS service was unreachable.", "basic-credentials-wrong"),
        new("sign-in-disabled", SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, a reason that nobody has seen.", "sign-in-refused"),
        new("token-not-trusted", SmtpStage.Auth, "535 5.7.8 Authentication failed", "sign-in-refused"),
    ];

    // To MAIL FROM.
    private static readonly SmtpReplyFault[] Sender =
    [
        new("barred-full", SmtpStage.MailFrom, "550 5.2.251 Sender throttled due to continuous mailbox full errors.", "mailbox-barred"),
        new("barred-send-as", SmtpStage.MailFrom, "550 5.2.252 Sender throttled due to continuous send as denied errors.", "mailbox-barred"),
        new("barred-licence", SmtpStage.MailFrom, "550 5.2.253 Sender throttled due to continuous invalid license errors.", "mailbox-barred"),
        new("barred-too-many", SmtpStage.MailFrom, "550 5.2.254 Sender throttled due to continuous too many recipients errors.", "mailbox-barred"),
        new("barred-invalid", SmtpStage.MailFrom, "550 5.2.255 Sender throttled due to continuous invalid recipients errors.", "mailbox-barred"),
        new("bad-outbound-sender", SmtpStage.MailFrom, "550 5.1.8 Access denied, bad outbound sender", "sender-blocked"),
        new("spam-abuse", SmtpStage.MailFrom, "550 5.7.501 Access denied, spam abuse detected", "sender-blocked"),
        new("banned-sender", SmtpStage.MailFrom, "550 5.7.502 Access denied, banned sender", "sender-blocked"),
        new("banned-sender-503", SmtpStage.MailFrom, "550 5.7.503 Access denied, banned sender", "sender-blocked"),
        new("tenant-over-threshold", SmtpStage.MailFrom, "550 5.7.705 Access denied, tenant has exceeded threshold", "tenant-blocked"),
        new("tenant-address-refused", SmtpStage.MailFrom, "550 5.7.708 Access denied, traffic not accepted from this IP", "tenant-blocked"),
        new("domain-unregistered", SmtpStage.MailFrom, "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains", "from-not-owned"),
        new("sender-not-an-address", SmtpStage.MailFrom, "501 5.1.7 Invalid address", "from-invalid"),
        new("sign-in-missing", SmtpStage.MailFrom, "530 5.7.57 Client not authenticated to send mail", "sign-in-refused"),
        new("not-this-sender", SmtpStage.MailFrom, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as-denied"),
        new("connector-host", SmtpStage.MailFrom, "550 5.7.64 TenantAttribution; Relay Access Denied", "sign-in-refused"),
        new("connection-timed-out-there", SmtpStage.MailFrom, "421 4.4.1 Connection timed out", "link-lost"),
        new("sender-refused-unknown", SmtpStage.MailFrom, "550 5.9.99 Absender nicht zugelassen", "sender-refused"),
        new("encryption-demanded", SmtpStage.MailFrom, "530 5.7.0 Must issue a STARTTLS command first", "sender-refused"),
        new("encryption-demanded-451", SmtpStage.MailFrom, "451 5.7.3 STARTTLS is required to send mail", "sender-refused"),
        new("direct-send-rejected", SmtpStage.MailFrom, "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources", "sign-in-refused"),
        new("high-volume-access", SmtpStage.MailFrom, "550 5.7.240 The application is not allowed to send from this account", "exchange-permission-missing"),
        new("own-name-refused", SmtpStage.MailFrom, "501 5.5.4 Invalid domain name", "own-name-refused"),
        new("server-busy-unknown", SmtpStage.MailFrom, "450 4.9.99 Bitte spaeter", "server-busy"),
        new("connections-used-up-unnamed", SmtpStage.MailFrom, "432 4.9.99 Zu viele Verbindungen", "too-many-connections"),
        new("link-cut-at-sender", SmtpStage.MailFrom, null, "link-lost"),
    ];

    // To RCPT TO.
    private static readonly SmtpReplyFault[] Recipient =
    [
        new("recipient-unknown", SmtpStage.RcptTo, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "recipient-rejected"),
        new("recipient-edge-blocked", SmtpStage.RcptTo, "550 5.4.1 Recipient address rejected: Access denied", "recipient-rejected"),
        new("recipient-malformed", SmtpStage.RcptTo, "501 5.1.3 Invalid address", "recipient-rejected"),
        new("recipients-too-many", SmtpStage.RcptTo, "452 4.5.3 Too many recipients", "recipient-rejected"),
        new("recipients-over-limit", SmtpStage.RcptTo, "550 5.5.3 Too many recipients", "recipient-rejected"),
        new("recipient-hourly-limit", SmtpStage.RcptTo, "550 5.2.121 Recipient's per hour message receive limit from specific sender exceeded", "too-fast"),
        new("recipient-restricted", SmtpStage.RcptTo, "550 5.7.124 Sender not in allowed-senders list", "recipient-rejected"),
        new("recipient-restricted-to-senders", SmtpStage.RcptTo, "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to send to this recipient", "recipient-rejected"),
        new("recipient-external", SmtpStage.RcptTo, "550 5.5.105 High Volume Email accounts cannot send to external recipients", "recipient-rejected"),
        new("relay-unable", SmtpStage.RcptTo, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "relay-denied"),
        new("relay-denied", SmtpStage.RcptTo, "554 5.7.1 <anna@contoso.com>: Relay access denied", "relay-denied"),
        new("own-name-refused-late", SmtpStage.RcptTo, "504 5.5.2 <sandbox>: Helo command rejected: need fully-qualified hostname", "own-name-refused"),
        new("recipient-full", SmtpStage.RcptTo, "552 5.2.2 Mailbox full", "recipient-rejected"),
        new("recipient-refused-unknown", SmtpStage.RcptTo, "550 5.9.99 Empfaenger abgelehnt", "recipient-rejected"),
        new("link-cut-at-recipient", SmtpStage.RcptTo, null, "link-lost"),
    ];

    // To the end of the message.
    private static readonly SmtpReplyFault[] Content =
    [
        new("send-as-denied", SmtpStage.EndOfData, "554 5.2.252 SendAsDenied; a@contoso.com not allowed to send as b@contoso.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception", "send-as-denied"),
        new("send-as-denied-older", SmtpStage.EndOfData, "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception", "send-as-denied"),
        new("mailbox-full", SmtpStage.EndOfData, "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded", "mailbox-full"),
        new("day-used-up", SmtpStage.EndOfData, "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "daily-limit"),
        new("day-used-up-1-90", SmtpStage.EndOfData, "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", "daily-limit"),
        new("day-used-up-2-2", SmtpStage.EndOfData, "554 5.2.2 Submission quota exceeded", "daily-limit"),
        new("day-used-up-spam-rule", SmtpStage.EndOfData, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message due to a permanent exception with message WASCL UserAction verdict is not None. Actual verdict is RefuseQuota, ShowTierUpgrade.", "daily-limit"),
        new("suspended-as-spam", SmtpStage.EndOfData, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message due to a permanent exception with message WASCL UserAction verdict is not None. Actual verdict is Suspend, ShowTierUpgrade.", "sender-blocked"),
        new("default-domain-limit", SmtpStage.EndOfData, "550 5.7.236 Your organization has exceeded the limit for external recipients from onmicrosoft.com addresses", "daily-limit"),
        new("trial-limit", SmtpStage.EndOfData, "550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit for sending email to external recipients (tenant external recipient rate limit)", "daily-limit"),
        new("tenant-limit", SmtpStage.EndOfData, "550 5.7.233 Your message can't be sent because your tenant has exceeded its daily limit for sending email to external recipients (tenant external recipient rate limit)", "daily-limit"),
        new("recipient-on-block-list", SmtpStage.EndOfData, "550 5.7.703 Your message can't be delivered because messages to a recipient are blocked by your organization using Tenant Allow Block List", "message-refused"),
        new("no-from-header", SmtpStage.EndOfData, "550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant and include a valid From address", "message-refused"),
        new("bare-line-feed", SmtpStage.EndOfData, "550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds, which cannot be sent via DATA", "message-refused"),
        new("over-size", SmtpStage.EndOfData, "552 5.3.4 Message size exceeds fixed maximum message size", "message-too-large"),
        new("over-mailbox-size", SmtpStage.EndOfData, "554 5.2.3 STOREDRV.Submission.Exception:MessageSizeExceeded", "message-too-large"),
        new("threads-used-up", SmtpStage.EndOfData, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "too-many-connections"),
        new("recipient-threads", SmtpStage.EndOfData, "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded", "server-busy"),
        new("submission-rate", SmtpStage.EndOfData, "421 4.4.2 Message submission rate for this client has exceeded the configured limit", "too-fast"),
        new("suspicious-pattern", SmtpStage.EndOfData, "451 4.7.500 Access denied, please try again later (AS761)", "server-busy"),
        new("delivery-not-authorised", SmtpStage.EndOfData, "550 5.7.1 Delivery not authorized, message refused", "recipient-rejected"),
        new("refused-unknown", SmtpStage.EndOfData, "554 5.9.99 Nachricht abgelehnt", "message-refused"),
        new("dmarc-failed", SmtpStage.EndOfData, "550 5.7.509 Access denied, sending domain does not pass DMARC verification", "sender-refused"),
        new("address-banned", SmtpStage.EndOfData, "550 5.7.511 Access denied, banned sender", "sender-refused"),
        new("message-expired", SmtpStage.EndOfData, "550 5.4.300 Message expired", "message-refused"),
        new("link-cut-at-content", SmtpStage.EndOfData, null, "link-lost"),
    ];

    public static IReadOnlyList<SmtpReplyFault> All { get; } = [.. SignIn, .. Sender, .. Recipient, .. Content];

    public static IEnumerable<SandboxMailbox> Mailboxes => All.Select(fault => fault.Mailbox);
}
