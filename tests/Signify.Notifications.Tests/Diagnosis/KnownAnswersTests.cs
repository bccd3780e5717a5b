using System.Net;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Graph;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Diagnosis;

/// <summary>
/// Everything that Microsoft is known to answer has its entry in the table of causes, and what it is not known to answer is told
/// by its kind. The lists are Microsoft's, written down here: a number that is taken out of a table is missed here.
/// </summary>
public sealed class KnownAnswersTests
{
    private static readonly SmtpEndpoint Exchange = new("smtp.office365.com", 587, SmtpEncryption.Required, SettingsField.Cloud);

    private static readonly NotificationSettings Settings = Sample.Settings();

    [Theory]
    [InlineData("secret-wrong", 7000215, 70002)]
    [InlineData("secret-expired", 7000222)]
    [InlineData("secret-not-received", 7000216, 7000218)]
    [InlineData("entra-request-malformed", 900144, 90013, 90014, 90023, 9002313)]
    [InlineData("client-unknown", 700016, 700011)]
    [InlineData("app-not-in-tenant", 7000229)]
    [InlineData("app-disabled", 7000112, 70001)]
    [InlineData("app-not-accessible", 7000113, 1000031)]
    [InlineData("tenant-unknown", 90002)]
    [InlineData("tenant-malformed", 900023, 50059, 50128, 90019, 9001023, 90124, 90130, 50194)]
    [InlineData("tenant-other-cloud", 90038, 900382, 900432, 90051, 50049)]
    [InlineData("entra-scope-refused", 70011, 1002012, 28002, 28003, 700022, 700023, 90009)]
    [InlineData("no-exchange-online", 500011)]
    [InlineData("exchange-disabled", 500014, 50001, 650052, 650054)]
    [InlineData("permission-not-consented", 650057, 650056, 65001)]
    [InlineData("app-public-client", 700025)]
    [InlineData("cert-not-registered", 700027)]
    [InlineData("cert-not-accepted", 700030, 50012)]
    [InlineData("cert-of-other-app", 700021)]
    [InlineData("clock-refused", 700024)]
    [InlineData("cert-expired", 1000502, 7000274)]
    [InlineData("cert-revoked", 7000214, 7000277)]
    [InlineData("federation-not-matched", 700213, 700211, 70021)]
    [InlineData("federation-not-app", 700229)]
    [InlineData("conditional-access", 53003, 530032)]
    [InlineData("security-defaults-token", 530035)]
    [InlineData("tenant-inactive", 5000225, 5000224)]
    [InlineData("tenant-restricted", 500021, 500022, 5000211)]
    [InlineData("app-at-risk", 53011)]
    [InlineData("entra-user-flow", 50034, 50076, 50079, 50126, 50053, 50055, 50057)]
    [InlineData("entra-unavailable", 90006, 90012, 90024, 90033, 90090, 50033, 50087, 90091)]
    [InlineData("entra-throttled", 90055, 50196)]
    [InlineData("entra-fault", 50000, 90036)]
    public void Each_number_of_entra_is_an_entry_of_the_table(string cause, params int[] numbers) => Assert.All(numbers, number =>
    {
        var finding = OfEntra(400, $$"""{"error":"any","error_codes":[{{number}}],"error_description":"AADSTS{{number}}: Words."}""");

        Assert.Equal(cause, finding.Cause);
        Assert.DoesNotContain("does not know the reply", finding.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(400, "invalid_client", "secret-wrong")]
    [InlineData(400, "unauthorized_client", "client-unknown")]
    [InlineData(400, "invalid_resource", "no-exchange-online")]
    [InlineData(403, "access_denied", "conditional-access")]
    [InlineData(400, "interaction_required", "conditional-access")]
    [InlineData(400, "temporarily_unavailable", "entra-unavailable")]
    [InlineData(400, "invalid_request", "entra-refused")]
    [InlineData(418, "something_new", "entra-refused")]
    [InlineData(429, "something_new", "entra-throttled")]
    [InlineData(503, "something_new", "entra-unavailable")]
    public void A_number_of_entra_that_nobody_knows_is_told_by_its_kind_and_says_so(int status, string error, string cause)
    {
        var finding = OfEntra(status, $$"""{"error":"{{error}}","error_codes":[987654321]}""");

        Assert.Equal((cause, Certainty.Likely), (finding.Cause, finding.Certainty));
        Assert.Contains("does not know the reply AADSTS987654321", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(53009)]
    [InlineData(53010)]
    [InlineData(530031)]
    [InlineData(530084)]
    public void A_number_of_conditional_access_that_no_table_has_is_told_by_its_class(int number)
    {
        var finding = OfEntra(400, $$"""{"error":"invalid_request","error_codes":[{{number}}]}""");

        Assert.Equal(("conditional-access", Certainty.Likely), (finding.Cause, finding.Certainty));
        Assert.Contains($"AADSTS{number}", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, """{"message":"Forbidden by policy"}""")]
    [InlineData(407, """{"status":"denied"}""")]
    [InlineData(400, "[]")]
    public void Json_that_is_not_entras_comes_from_the_network(int status, string body) =>
        Assert.Equal("entra-interfered", OfEntra(status, body).Cause);

    [Theory]
    [InlineData(SmtpStage.Greeting, "421 4.3.2 Service not available", "server-draining")]
    [InlineData(SmtpStage.Greeting, "421 4.3.2 Service not active", "server-draining")]
    [InlineData(SmtpStage.Content, "421 4.4.1 Connection timed out", "link-ended-by-server")]
    [InlineData(SmtpStage.Content, "421 4.4.2 Connection dropped due to SocketError", "link-ended-by-server")]
    [InlineData(SmtpStage.Sender, "421 4.4.2 Message submission rate for this client has exceeded the configured limit", "too-fast")]
    [InlineData(SmtpStage.Greeting, "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.", "tls-refused-as-old")]
    [InlineData(SmtpStage.SignIn, "451 4.7.0 Temporary server error. Please try again later. PRX2", "back-end-away")]
    [InlineData(SmtpStage.Sender, "451 4.7.0 Temporary server error. Please try again later. PRX5", "back-end-away")]
    [InlineData(SmtpStage.Content, "451 4.4.4 Mail received as unauthenticated ATTR3", "back-end-away")]
    [InlineData(SmtpStage.SignIn, "454 4.7.0 Temporary authentication failure", "sign-in-busy")]
    [InlineData(SmtpStage.StartTls, "500 5.3.3 Unrecognized command", "command-not-known")]
    [InlineData(SmtpStage.Greeting, "501 5.5.4 Invalid domain name", "own-name-refused")]
    [InlineData(SmtpStage.SignIn, "535 5.7.3 Authentication unsuccessful [VI1PR09CA0105.eurprd09.prod.outlook.com 2026-11-23T08:00:00.000Z 08DD84B323498C1A]", "sign-in-refused")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-auth-disabled-tenant")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-auth-disabled-mailbox")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", "security-defaults")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "basic-auth-disabled")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.", "policy-blocks-sign-in")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "credentials-wrong")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, account is locked", "account-locked")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, password expired", "password-expired")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, federated STS service was unreachable", "federation-unreachable")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, federated STS URL does not support HTTPS", "federation-unreachable")]
    [InlineData(SmtpStage.SignIn, "535 5.7.139 Authentication unsuccessful, a reason that is new", "sign-in-disabled")]
    [InlineData(SmtpStage.SignIn, "535 5.7.144 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "smtp-auth-disabled-mailbox")]
    [InlineData(SmtpStage.SignIn, "535 5.7.144 XOAUTH2 authentication failed. Invalid API permissions.", "exchange-permission-missing")]
    [InlineData(SmtpStage.SignIn, "535 5.7.142 XOAUTH2 authentication failed. The token will expire soon.", "token-expired")]
    [InlineData(SmtpStage.Sender, "550 5.7.143 The token has expired.", "token-expired")]
    [InlineData(SmtpStage.Sender, "451 5.7.3 STARTTLS is required to send mail", "encryption-demanded")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Please issue a starttls command first", "encryption-demanded")]
    [InlineData(SmtpStage.Sender, "550 5.7.68 TenantInboundAttribution; Direct Send not allowed", "direct-send-rejected")]
    [InlineData(SmtpStage.Sender, "550 5.7.240 The application is not allowed", "high-volume-access")]
    [InlineData(SmtpStage.Recipient, "550 5.5.105 External recipient", "high-volume-external")]
    [InlineData(SmtpStage.Recipient, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "relay-denied")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Unable to relay", "relay-denied")]
    [InlineData(SmtpStage.Recipient, "554 5.7.1 <anna@example.org>: Relay access denied", "relay-denied")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 <anna@example.org>... Relaying denied", "relay-denied")]
    [InlineData(SmtpStage.Recipient, "550 relay not permitted", "relay-denied")]
    [InlineData(SmtpStage.Recipient, "551 we do not relay", "relay-denied")]
    [InlineData(SmtpStage.Recipient, "504 5.5.2 <hr>: Helo command rejected: need fully-qualified hostname", "own-name-refused")]
    [InlineData(SmtpStage.Recipient, "450 4.7.1 <hr>: Helo command rejected: Host not found", "own-name-refused")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 <hr>: Helo command rejected: Access denied", "own-name-refused")]
    [InlineData(SmtpStage.Recipient, "530 5.7.0 Authentication required", "sign-in-needed")]
    [InlineData(SmtpStage.Recipient, "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized", "recipient-restricted")]
    [InlineData(SmtpStage.Content, "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", "recipient-restricted")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; WASCL UserAction verdict is not None. Actual verdict is Suspend", "sender-blocked")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; WASCL UserAction verdict is not None. Actual verdict is HipNotify, ShowTierUpgrade", "sender-blocked")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; WASCL UserAction verdict is not None. Actual verdict is RefuseQuota", "daily-limit")]
    [InlineData(SmtpStage.Content, "550 5.7.236 limit of onmicrosoft.com", "daily-limit-default-domain")]
    [InlineData(SmtpStage.SignIn, "550 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-retired")]
    [InlineData(SmtpStage.SignIn, "501 5.5.124 Invalid XOAUTH2 auth data - User address provided is not valid.", "sign-in-address-invalid")]
    [InlineData(SmtpStage.SignIn, "504 5.7.4 Unrecognized authentication type", "mechanism-not-known")]
    [InlineData(SmtpStage.Sender, "530 5.7.57 Client not authenticated to send mail", "sign-in-needed")]
    [InlineData(SmtpStage.Sender, "550 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM", "sign-in-needed")]
    [InlineData(SmtpStage.Sender, "530 5.7.0 Must issue a STARTTLS command first", "encryption-demanded")]
    [InlineData(SmtpStage.Content, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as-denied")]
    [InlineData(SmtpStage.Sender, "554 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as-denied")]
    [InlineData(SmtpStage.Content, "554 5.2.252 SendAsDenied; a@x not allowed to send as b@y; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied", "send-as-denied")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied", "send-as-denied")]
    [InlineData(SmtpStage.Content, "550 5.2.251 Sender throttled due to continuous mailbox full errors", "mailbox-barred-full")]
    [InlineData(SmtpStage.Content, "550 5.2.252 Sender throttled due to continuous send as denied errors", "mailbox-barred-send-as")]
    [InlineData(SmtpStage.Content, "550 5.2.253 Sender throttled due to continuous invalid license errors", "mailbox-barred-licence")]
    [InlineData(SmtpStage.Content, "550 5.2.254 Sender throttled due to continuous too many recipients errors", "mailbox-barred-too-many-recipients")]
    [InlineData(SmtpStage.Content, "550 5.2.255 Sender throttled due to continuous invalid recipients errors", "mailbox-barred-invalid-recipients")]
    [InlineData(SmtpStage.Content, "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded", "mailbox-full")]
    [InlineData(SmtpStage.Content, "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "daily-limit")]
    [InlineData(SmtpStage.Content, "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", "daily-limit")]
    [InlineData(SmtpStage.Content, "550 5.2.2 Submission quota exceeded", "daily-limit")]
    [InlineData(SmtpStage.Content, "550 5.1.8 Access denied, bad outbound sender", "sender-blocked")]
    [InlineData(SmtpStage.Content, "550 5.7.501 Access denied, spam abuse detected", "sender-banned")]
    [InlineData(SmtpStage.Content, "550 5.7.502 Access denied, banned sender", "sender-banned")]
    [InlineData(SmtpStage.Content, "550 5.7.503 Access denied, banned sender", "sender-banned")]
    [InlineData(SmtpStage.Content, "550 5.7.705 Access denied, tenant has exceeded threshold", "tenant-blocked-threshold")]
    [InlineData(SmtpStage.Content, "550 5.7.708 Access denied, traffic not accepted from this IP", "tenant-blocked-reputation")]
    [InlineData(SmtpStage.Content, "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domain", "from-domain-not-owned")]
    [InlineData(SmtpStage.Content, "550 5.7.232 trial tenant", "daily-limit-trial")]
    [InlineData(SmtpStage.Content, "550 5.7.233 tenant has exceeded its daily limit for sending email to external recipients", "daily-limit-tenant")]
    [InlineData(SmtpStage.Content, "550 5.7.703 Tenant Allow/Block List", "block-list")]
    [InlineData(SmtpStage.Content, "550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant", "from-header-invalid")]
    [InlineData(SmtpStage.Content, "550 5.6.11 BareLinefeedsAreIllegal", "bare-line-feed")]
    [InlineData(SmtpStage.Content, "550 5.7.509 Access denied, sending domain does not pass DMARC verification", "dmarc-failed")]
    [InlineData(SmtpStage.Sender, "550 5.7.508 Access denied, throttling limits exceeded", "address-banned")]
    [InlineData(SmtpStage.Sender, "550 5.7.511 Access denied, banned sender", "address-banned")]
    [InlineData(SmtpStage.Sender, "550 5.7.606 Access denied, banned sending IP", "address-banned")]
    [InlineData(SmtpStage.Sender, "550 5.7.649 Access denied, banned sending IP", "address-banned")]
    [InlineData(SmtpStage.Sender, "550 5.7.64 TenantAttribution; Relay Access Denied", "host-receives-only")]
    [InlineData(SmtpStage.Content, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "too-many-connections")]
    [InlineData(SmtpStage.Content, "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.", "too-many-connections")]
    [InlineData(SmtpStage.Content, "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded", "recipient-busy")]
    [InlineData(SmtpStage.Recipient, "452 4.5.3 Too many recipients", "recipients-too-many")]
    [InlineData(SmtpStage.Recipient, "550 5.5.3 Too many recipients", "recipients-too-many")]
    [InlineData(SmtpStage.Content, "451 4.7.500 Access denied, please try again later (AS780090)", "traffic-suspected")]
    [InlineData(SmtpStage.Sender, "451 4.7.699 Access denied, please try again later", "traffic-suspected")]
    [InlineData(SmtpStage.Sender, "451 4.7.850 Access denied, please try again later", "traffic-suspected")]
    [InlineData(SmtpStage.Sender, "451 4.7.899 Access denied, please try again later", "traffic-suspected")]
    [InlineData(SmtpStage.Sender, "552 5.3.4 Message size exceeds fixed maximum message size", "message-too-large")]
    [InlineData(SmtpStage.Content, "554 5.2.3 STOREDRV.Submission.Exception:MessageSizeExceeded", "message-too-large")]
    [InlineData(SmtpStage.Recipient, "501 5.1.3 Invalid address", "recipient-invalid")]
    [InlineData(SmtpStage.Sender, "501 5.1.7 Invalid address", "from-not-accepted")]
    [InlineData(SmtpStage.Recipient, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "recipient-not-found")]
    [InlineData(SmtpStage.Recipient, "550 5.4.1 Recipient address rejected: Access denied", "recipient-domain-refuses")]
    [InlineData(SmtpStage.Recipient, "550 5.1.1 User unknown", "recipient-not-found")]
    [InlineData(SmtpStage.Content, "550 5.2.121 per hour limit", "recipient-too-much")]
    [InlineData(SmtpStage.Content, "550 5.2.122 per hour limit", "recipient-too-much")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Delivery not authorized", "recipient-restricted")]
    [InlineData(SmtpStage.Content, "550 5.7.124 Sender not in allowed-senders list", "recipient-restricted")]
    [InlineData(SmtpStage.Content, "550 5.7.133 Sender not authenticated for group", "recipient-restricted")]
    [InlineData(SmtpStage.Content, "550 5.7.134 Sender not authenticated for mailbox", "recipient-restricted")]
    [InlineData(SmtpStage.Content, "550 5.7.136 Sender not authenticated for mail-enabled public folder", "recipient-restricted")]
    [InlineData(SmtpStage.Content, "550 5.4.300 Message expired", "message-expired")]
    [InlineData(SmtpStage.Content, "450 4.4.7 Message delayed", "message-expired")]
    public void Each_reply_of_exchange_is_an_entry_of_the_table(SmtpStage stage, string wire, string cause)
    {
        var finding = OfExchange(stage, wire);

        Assert.Equal(cause, finding.Cause);
        Assert.DoesNotContain("does not know the reply", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, "554 5.9.9 Neu", "server-turned-away", "554 5.9.9")]
    [InlineData(SmtpStage.SignIn, "535 5.7.999 Neu", "sign-in-refused-otherwise", "535 5.7.999")]
    [InlineData(SmtpStage.Sender, "550 5.7.999 Neu", "sender-refused", "550 5.7.999")]
    [InlineData(SmtpStage.Recipient, "550 5.9.9 Neu", "recipient-refused", "550 5.9.9")]
    [InlineData(SmtpStage.Content, "554 5.9.9 Neu", "message-refused", "554 5.9.9")]
    [InlineData(SmtpStage.Content, "450 4.9.9 Neu", "server-busy", "450 4.9.9")]
    [InlineData(SmtpStage.Sender, "432 4.9.9 Neu", "connections-used-up", "432 4.9.9")]
    public void A_reply_that_nobody_knows_is_told_by_its_kind_and_says_so(SmtpStage stage, string wire, string cause, string code)
    {
        var finding = OfExchange(stage, wire);

        Assert.Equal((cause, Certainty.Likely), (finding.Cause, finding.Certainty));
        Assert.Contains($"does not know the reply {code};", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", "graph-token-refused")]
    [InlineData(403, "ErrorAccessDenied", "graph-access-denied")]
    [InlineData(403, "ErrorSendAsDenied", "graph-send-as-denied")]
    [InlineData(404, "ErrorInvalidUser", "graph-user-unknown")]
    [InlineData(404, "ResourceNotFound", "graph-user-unknown")]
    [InlineData(404, "Request_ResourceNotFound", "graph-user-unknown")]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "graph-mailbox-missing")]
    [InlineData(400, "ErrorInvalidRecipients", "graph-recipient-invalid")]
    [InlineData(400, "ErrorMimeContentInvalidBase64String", "graph-message-malformed")]
    [InlineData(400, "ErrorInvalidParameter", "graph-message-malformed")]
    [InlineData(400, "RequestBodyRead", "graph-message-malformed")]
    [InlineData(413, "RequestEntityTooLarge", "graph-message-too-large")]
    [InlineData(400, "ErrorMessageSizeExceeded", "graph-message-too-large")]
    [InlineData(429, "ApplicationThrottled", "graph-too-fast")]
    [InlineData(429, "TooManyRequests", "graph-too-fast")]
    [InlineData(429, "CommandConcurrencyLimitReached", "graph-too-fast")]
    [InlineData(429, "ErrorExceededMessageLimit", "daily-limit")]
    [InlineData(403, "ErrorExceededMessageLimit", "daily-limit")]
    [InlineData(400, "ErrorSubmissionQuotaExceeded", "daily-limit")]
    [InlineData(403, "ErrorMessageSubmissionBlocked", "graph-sender-blocked")]
    [InlineData(403, "ErrorAccountSuspend", "graph-sender-blocked")]
    [InlineData(400, "ErrorExceededMaxRecipientLimit", "graph-recipients-too-many")]
    [InlineData(507, "ErrorQuotaExceeded", "graph-mailbox-full")]
    [InlineData(503, "ErrorServerBusy", "graph-busy")]
    [InlineData(500, "ErrorInternalServerError", "graph-fault")]
    [InlineData(504, "UnknownError", "graph-fault")]
    [InlineData(500, "ErrorInternalServerTransientError", "graph-fault")]
    [InlineData(403, "insufficient_claims", "graph-conditional-access")]
    [InlineData(403, "Authorization_RequestDenied", "graph-access-denied")]
    [InlineData(401, "NoPermissionsInAccessToken", "graph-access-denied")]
    [InlineData(401, "OrganizationFromTenantGuidNotFound", "no-exchange-online")]
    [InlineData(401, "Authorization_IdentityNotFound", "app-not-in-tenant")]
    public void Each_error_of_graph_is_an_entry_of_the_table(int status, string error, string cause)
    {
        var finding = OfGraph(status, error);

        Assert.Equal(cause, finding.Cause);
        Assert.DoesNotContain("does not know the reply", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "graph-access-denied")]
    [InlineData(404, "graph-mailbox-not-found")]
    [InlineData(400, "graph-message-refused")]
    [InlineData(429, "graph-too-fast")]
    [InlineData(503, "graph-fault")]
    public void An_error_of_graph_that_nobody_knows_is_told_by_its_status_and_says_so(int status, string cause)
    {
        var finding = OfGraph(status, "ErrorFromTheFuture");

        Assert.Equal((cause, Certainty.Likely), (finding.Cause, finding.Certainty));
        Assert.Contains("does not know the reply ErrorFromTheFuture;", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_role_in_the_token_graphs_refusal_is_a_policys_or_the_consent_is_fresh()
    {
        var answer = Answer(403, "ErrorAccessDenied");

        var without = GraphFindings.AllOf(answer, new TokenClaims(), Settings, MicrosoftClouds.Worldwide);
        var with = GraphFindings.AllOf(answer, new TokenClaims { Roles = ["Mail.Send"] }, Settings, MicrosoftClouds.Worldwide);

        Assert.Equal(["graph-access-denied"], without.Select(f => f.Cause));
        Assert.Equal(["graph-mailbox-excluded", "graph-consent-fresh"], with.Select(f => f.Cause));
        Assert.Contains(Settings.FromEmail, with[0].TellApart, StringComparison.Ordinal);
        Assert.Contains("two hours", without[0].Remedy, StringComparison.Ordinal);
    }

    private static Finding OfEntra(int status, string body) =>
        EntraFindings.For(EntraAnswer.Read((HttpStatusCode)status, body), TokenResource.Exchange, Settings, MicrosoftClouds.Worldwide)[0];

    private static Finding OfExchange(SmtpStage stage, string wire) =>
        SmtpReplies.Judge(new SmtpSituation(stage, Exchange, TimeSpan.FromSeconds(120), SmtpReply.Read(wire), null, Encrypted: true)).Reason;

    private static Finding OfGraph(int status, string error) => GraphFindings.Judge(Answer(status, error), null, Settings, MicrosoftClouds.Worldwide).Reason;

    private static GraphAnswer Answer(int status, string error) =>
        new((HttpStatusCode)status, "request", $$$"""{"error":{"code":"{{{error}}}","message":"Words."}}""", null);
}
