using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>What each reply of Exchange Online's means for the message and the mailbox, at the stage where it comes.</summary>
public sealed class SmtpReplyTableTests
{
    private const string Full = "stopped Quota daily-limit";
    private const string Barred = "stopped Quota mailbox-barred 3600s";

    [Theory]
    // The connection
    [InlineData(SmtpStage.Sender, "421 4.3.2 Service not active", "stopped Throttled server-busy")]
    [InlineData(SmtpStage.Content, "421 4.4.1 Connection timed out", "stopped Unreachable link-lost")]
    [InlineData(SmtpStage.Content, "421 4.4.2 Connection dropped due to TimedOut", "stopped Unreachable link-lost")]
    [InlineData(SmtpStage.Content, "421 4.4.2 Message submission rate for this client has exceeded the configured limit", "stopped Throttled too-fast")]
    [InlineData(SmtpStage.Greeting, "421 4.7.66 TLS 1.0 and 1.1 are not supported.", "stopped Configuration tls-too-old")]
    [InlineData(SmtpStage.Sender, "451 4.7.0 Temporary server error. Please try again later. PRX4", "stopped Throttled server-busy")]
    [InlineData(SmtpStage.Content, "451 4.4.4 Temporary server error. ATTR3", "later server-busy")]
    // The sign-in
    [InlineData(SmtpStage.SignIn, "454 4.7.0 Temporary authentication failure", "stopped Unreachable server-busy")]
    [InlineData(SmtpStage.SignIn, "535 5.7.3 Authentication unsuccessful", "stopped Configuration sign-in-refused")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "stopped Configuration smtp-auth-disabled-tenant")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "stopped Configuration smtp-auth-disabled-mailbox")]
    [InlineData(SmtpStage.SignIn, "535 5.7.144 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "stopped Configuration smtp-auth-disabled-mailbox")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.", "stopped Configuration security-defaults")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "stopped Configuration basic-auth-retired")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.", "stopped Configuration conditional-access")]
    [InlineData(SmtpStage.SignIn, "550 5.7.30 Basic authentication is not supported for Client Submission.", "stopped Configuration basic-auth-retired")]
    [InlineData(SmtpStage.SignIn, "501 5.5.124 Invalid XOAUTH2 auth data", "stopped Configuration sign-in-refused")]
    [InlineData(SmtpStage.SignIn, "504 5.7.4 Unrecognized authentication type", "stopped Configuration xoauth2-not-offered")]
    [InlineData(SmtpStage.Sender, "530 5.7.57 Client not authenticated to send mail", "stopped Configuration sign-in-refused")]
    [InlineData(SmtpStage.Sender, "550 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM", "stopped Configuration sign-in-refused")]
    [InlineData(SmtpStage.Sender, "530 5.7.0 Must issue a STARTTLS command first", "stopped Configuration sender-refused")]
    // The sender
    [InlineData(SmtpStage.Sender, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "stopped Configuration send-as-denied")]
    [InlineData(SmtpStage.Content, "554 5.7.60 SMTP; Client does not have permissions to send as this sender", "stopped Configuration send-as-denied")]
    [InlineData(SmtpStage.Content, "554 5.2.252 SendAsDenied; a@x not allowed to send as b@y; STOREDRV.Submission.Exception:SendAsDeniedException", "stopped Configuration send-as-denied")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied", "stopped Configuration send-as-denied")]
    [InlineData(SmtpStage.Content, "550 5.2.251 Sender throttled due to continuous mailbox full errors", Barred)]
    [InlineData(SmtpStage.Content, "550 5.2.252 Sender throttled due to continuous send as denied errors", Barred)]
    [InlineData(SmtpStage.Sender, "550 5.2.253 Sender throttled due to continuous invalid license errors", Barred)]
    [InlineData(SmtpStage.Content, "550 5.2.254 Sender throttled due to continuous too many recipients errors", Barred)]
    [InlineData(SmtpStage.Content, "550 5.2.255 Sender throttled due to continuous invalid recipients errors", Barred)]
    [InlineData(SmtpStage.Content, "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded", "stopped Configuration mailbox-full")]
    [InlineData(SmtpStage.Recipient, "552 5.2.2 Mailbox full", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", Full)]
    [InlineData(SmtpStage.Content, "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", Full)]
    [InlineData(SmtpStage.Content, "550 5.2.2 Submission quota exceeded", Full)]
    [InlineData(SmtpStage.Content, "550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit", Full)]
    [InlineData(SmtpStage.Content, "550 5.7.233 Your message can't be sent because your tenant has exceeded its daily limit", Full)]
    [InlineData(SmtpStage.Content, "550 5.1.8 Access denied, bad outbound sender", "stopped Blocked sender-blocked")]
    [InlineData(SmtpStage.Content, "550 5.7.501 Access denied, spam abuse detected", "stopped Blocked sender-blocked")]
    [InlineData(SmtpStage.Content, "550 5.7.502 Access denied, banned sender", "stopped Blocked sender-blocked")]
    [InlineData(SmtpStage.Content, "550 5.7.503 Access denied, banned sender", "stopped Blocked sender-blocked")]
    [InlineData(SmtpStage.Content, "550 5.7.705 Access denied, tenant has exceeded threshold", "stopped Blocked tenant-blocked")]
    [InlineData(SmtpStage.Content, "550 5.7.708 Access denied, traffic not accepted from this IP", "stopped Blocked tenant-blocked")]
    [InlineData(SmtpStage.Content, "550 5.7.750 Client blocked from sending from unregistered domain", "stopped Configuration from-not-owned")]
    [InlineData(SmtpStage.Sender, "550 5.7.64 TenantAttribution; Relay Access Denied", "stopped Configuration sign-in-refused")]
    [InlineData(SmtpStage.Sender, "501 5.1.7 Invalid address", "stopped Configuration from-invalid")]
    // The pace
    [InlineData(SmtpStage.Sender, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "stopped Throttled too-many-connections")]
    [InlineData(SmtpStage.Content, "432 4.3.2 Concurrent connections limit exceeded.", "stopped Throttled too-many-connections")]
    [InlineData(SmtpStage.Content, "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded", "later server-busy")]
    [InlineData(SmtpStage.Content, "451 4.7.500 Access denied, please try again later (AS780090)", "stopped Throttled server-busy")]
    [InlineData(SmtpStage.Sender, "451 4.7.850 Access denied, please try again later", "stopped Throttled server-busy")]
    // The recipient and the content
    [InlineData(SmtpStage.Recipient, "452 4.5.3 Too many recipients", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Recipient, "550 5.5.3 Too many recipients", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Recipient, "501 5.1.3 Invalid address", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Recipient, "550 5.1.1 User unknown", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Recipient, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Recipient, "550 5.4.1 Recipient address rejected: Access denied", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Delivery not authorized", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "550 5.7.1 Delivery not authorized", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "550 5.7.124 Sender not in allowed-senders list", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "550 5.7.133 Sender not authenticated for group", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "550 5.7.134 Sender not authenticated for mailbox", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "550 5.7.136 Sender not authenticated for mail-enabled public folder", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "550 5.2.121 Recipient's per hour limit", "later too-fast 3600s")]
    [InlineData(SmtpStage.Content, "550 5.2.122 Recipient's per hour limit", "later too-fast 3600s")]
    [InlineData(SmtpStage.Content, "550 5.7.703 A recipient is on the tenant's block list", "rejected message-refused")]
    [InlineData(SmtpStage.Content, "550 5.7.512 Message does not comply with RFC 5322 section 3.6.2", "rejected message-refused")]
    [InlineData(SmtpStage.Content, "550 5.6.11 Invalid characters", "rejected message-refused")]
    [InlineData(SmtpStage.Content, "552 5.3.4 Message size exceeds fixed maximum message size", "rejected message-too-large")]
    [InlineData(SmtpStage.Sender, "552 5.3.4 Message size exceeds fixed maximum message size", "rejected message-too-large")]
    [InlineData(SmtpStage.Content, "554 5.2.3 STOREDRV.Submission.Exception:MessageSizeExceeded", "rejected message-too-large")]
    // What the table does not name
    [InlineData(SmtpStage.Content, "550 5.7.999 Something new about policy", "stopped Configuration message-refused")]
    [InlineData(SmtpStage.Content, "550 5.7.999 Something new about anna@contoso.com", "rejected message-refused")]
    [InlineData(SmtpStage.Content, "554 5.9.9 Something new", "rejected message-refused")]
    [InlineData(SmtpStage.Recipient, "450 4.7.1 Greylisted", "later server-busy")]
    [InlineData(SmtpStage.Recipient, "550 Refused: see 5.7.139", "rejected recipient-rejected")]
    // About the connection, though said of a recipient or of the content
    [InlineData(SmtpStage.SignIn, "535 5.7.144 XOAUTH2 authentication failed. Invalid API permissions.", "stopped Configuration exchange-permission-missing")]
    [InlineData(SmtpStage.Sender, "550 5.7.143 The token has expired.", "stopped Unreachable token-expired 0s")]
    [InlineData(SmtpStage.Sender, "451 5.7.3 STARTTLS is required to send mail", "stopped Configuration sender-refused")]
    [InlineData(SmtpStage.Sender, "550 5.7.68 TenantInboundAttribution; Direct Send not allowed", "stopped Configuration sign-in-refused")]
    [InlineData(SmtpStage.Recipient, "550 Relaying denied: see 5.7.139", "stopped Configuration relay-denied")]
    [InlineData(SmtpStage.Recipient, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "stopped Configuration relay-denied")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Unable to relay", "stopped Configuration relay-denied")]
    [InlineData(SmtpStage.Recipient, "554 5.7.1 <anna@contoso.com>: Relay access denied", "stopped Configuration relay-denied")]
    [InlineData(SmtpStage.Recipient, "450 4.7.1 <anna@contoso.com>: Relay access denied", "later server-busy")]
    [InlineData(SmtpStage.Recipient, "504 5.5.2 <hr>: Helo command rejected: need fully-qualified hostname", "stopped Unreachable own-name-refused")]
    [InlineData(SmtpStage.Recipient, "450 4.7.1 <hr>: Helo command rejected: Host not found", "stopped Unreachable own-name-refused")]
    [InlineData(SmtpStage.Recipient, "530 5.7.0 Authentication required", "stopped Configuration sign-in-refused")]
    [InlineData(SmtpStage.Recipient, "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission", "rejected recipient-rejected")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Actual verdict is Suspend", "stopped Blocked sender-blocked")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Actual verdict is RefuseQuota", Full)]
    [InlineData(SmtpStage.Content, "550 5.7.236 limit of onmicrosoft.com", Full)]
    public void Each_reply_says_whose_fault_it_is(SmtpStage stage, string wire, string expected)
    {
        var endpoint = new SmtpEndpoint("smtp.office365.com", 587, SmtpEncryption.Required, SettingsField.Cloud);
        var at = new SmtpSituation(stage, endpoint, TimeSpan.FromSeconds(120), SmtpReply.Read(wire), null, Encrypted: true) { Recipients = ["anna@contoso.com"] };

        Assert.Equal(expected, SmtpReplies.Judge(at).ToOutcome(wire).InShort());
    }
}
