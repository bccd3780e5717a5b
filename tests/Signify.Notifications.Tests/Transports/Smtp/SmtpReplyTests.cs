using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>The replies of Exchange Online, at the stage where each comes, over a real connection.</summary>
public sealed class SmtpReplyTests
{
    [Theory]
    [InlineData(SmtpMoment.Greeting, "421 4.3.2 Service not available", "server-busy/")]
    [InlineData(SmtpMoment.Greeting, "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.", "tls-too-old/cloud")]
    [InlineData(SmtpMoment.Greeting, "554 5.7.1 No mail from your address", "server-busy/")]
    [InlineData(SmtpMoment.Greeting, "HTTP/1.1 400 Bad Request", "not-mail-server/port")]
    [InlineData(SmtpMoment.Greeting, "SSH-2.0-OpenSSH_9.6", "not-mail-server/port")]
    [InlineData(SmtpMoment.StartTls, "454 4.7.0 TLS not available", "server-busy/")]
    [InlineData(SmtpMoment.Auth, "535 5.7.3 Authentication unsuccessful [TEST 2026-11-23T08:00:00.000Z 08DD84B323498C1A]", "sign-in-refused/fromEmail")]
    [InlineData(SmtpMoment.Auth, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-auth-disabled-tenant/fromEmail")]
    [InlineData(SmtpMoment.Auth, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-auth-disabled-mailbox/fromEmail")]
    [InlineData(SmtpMoment.Auth, "535 5.7.144 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "smtp-auth-disabled-tenant/fromEmail")]
    [InlineData(SmtpMoment.Auth, "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", "security-defaults/route")]
    [InlineData(SmtpMoment.Auth, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "basic-auth-retired/tokenBasedAuthentication")]
    [InlineData(SmtpMoment.Auth, "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.", "conditional-access/")]
    [InlineData(SmtpMoment.Auth, "535 5.7.139 Authentication unsuccessful, something new.", "sign-in-refused/fromEmail")]
    [InlineData(SmtpMoment.Auth, "550 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-retired/tokenBasedAuthentication")]
    [InlineData(SmtpMoment.Auth, "501 5.5.124 Invalid XOAUTH2 auth data - User address provided is not valid.", "sign-in-refused/fromEmail")]
    [InlineData(SmtpMoment.Auth, "504 5.7.4 Unrecognized authentication type", "xoauth2-not-offered/cloud")]
    [InlineData(SmtpMoment.Auth, "534 5.7.9 Please sign in another way", "sign-in-refused/fromEmail")]
    [InlineData(SmtpMoment.Auth, "454 4.7.0 Temporary authentication failure", "server-busy/")]
    [InlineData(SmtpMoment.Auth, "451 4.7.0 Temporary server error. Please try again later. PRX4", "server-busy/")]
    [InlineData(SmtpMoment.Auth, "421 4.3.2 Service not active", "server-busy/")]
    [InlineData(SmtpMoment.Auth, "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.", "too-many-connections/fromEmail")]
    [InlineData(SmtpMoment.Mail, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "too-many-connections/fromEmail")]
    [InlineData(SmtpMoment.Mail, "530 5.7.57 Client not authenticated to send mail", "sign-in-refused/credentialsRequired")]
    [InlineData(SmtpMoment.Mail, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as-denied/fromEmail")]
    [InlineData(SmtpMoment.Mail, "550 5.2.253 Sender throttled due to continuous invalid license errors", "mailbox-barred/fromEmail")]
    [InlineData(SmtpMoment.Mail, "501 5.1.7 Invalid address", "from-invalid/fromEmail")]
    [InlineData(SmtpMoment.Mail, "550 5.7.64 TenantAttribution; Relay Access Denied", "sign-in-refused/serverName")]
    [InlineData(SmtpMoment.Mail, "550 what you say", "sender-refused/fromEmail")]
    [InlineData(SmtpMoment.Rcpt, "452 4.5.3 Too many recipients", "recipient-rejected/")]
    [InlineData(SmtpMoment.Rcpt, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "recipient-rejected/")]
    [InlineData(SmtpMoment.Rcpt, "550 5.4.1 Recipient address rejected: Access denied", "recipient-rejected/")]
    [InlineData(SmtpMoment.Data, "451 4.7.500 Access denied, please try again later", "server-busy/")]
    [InlineData(SmtpMoment.Content, "554 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as-denied/fromEmail")]
    [InlineData(SmtpMoment.Content, "554 5.2.252 SendAsDenied; a@x not allowed to send as b@y; STOREDRV.Submission.Exception:SendAsDeniedException", "send-as-denied/fromEmail")]
    [InlineData(SmtpMoment.Content, "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied", "send-as-denied/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.2.251 Sender throttled due to continuous mailbox full errors", "mailbox-barred/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.2.252 Sender throttled due to continuous send as denied errors", "mailbox-barred/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.2.254 Sender throttled due to continuous too many recipients errors", "mailbox-barred/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.2.255 Sender throttled due to continuous invalid recipients errors", "mailbox-barred/fromEmail")]
    [InlineData(SmtpMoment.Content, "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded", "mailbox-full/fromEmail")]
    [InlineData(SmtpMoment.Content, "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "daily-limit/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", "daily-limit/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.2.2 Submission quota exceeded", "daily-limit/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.1.8 Access denied, bad outbound sender", "sender-blocked/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.7.501 Access denied, spam abuse detected", "sender-blocked/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.7.705 Access denied, tenant has exceeded threshold", "tenant-blocked/")]
    [InlineData(SmtpMoment.Content, "550 5.7.708 Access denied, traffic not accepted from this IP", "tenant-blocked/")]
    [InlineData(SmtpMoment.Content, "550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit", "daily-limit/")]
    [InlineData(SmtpMoment.Content, "550 5.7.233 Your message can't be sent because your tenant has exceeded its daily limit for sending email to external recipients", "daily-limit/")]
    [InlineData(SmtpMoment.Content, "550 5.7.750 Client blocked from sending from unregistered domain", "from-not-owned/fromEmail")]
    [InlineData(SmtpMoment.Content, "552 5.3.4 Message size exceeds fixed maximum message size", "message-too-large/")]
    [InlineData(SmtpMoment.Content, "554 5.2.3 STOREDRV.Submission.Exception:MessageSizeExceeded", "message-too-large/")]
    [InlineData(SmtpMoment.Content, "421 4.4.2 Message submission rate for this client has exceeded the configured limit", "too-fast/fromEmail")]
    [InlineData(SmtpMoment.Content, "550 5.7.703 Your message can't be delivered because of the tenant's list", "message-refused/")]
    [InlineData(SmtpMoment.Content, "550 5.6.11 Invalid characters", "message-refused/")]
    public async Task Each_reply_has_its_meaning_at_its_stage(SmtpMoment moment, string reply, string finding)
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.Answer(moment, reply));

        var failed = await walk.FailsAsync();

        Assert.Equal([finding], failed.Findings.Marks());
        Assert.Contains(reply.Split(' ')[^1], failed.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("535 5.7.3 Authentication unsuccessful", "basic-credentials-wrong/password")]
    [InlineData("535 5.7.8 Error: authentication failed", "basic-credentials-wrong/password")]
    [InlineData("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "basic-credentials-wrong/password")]
    [InlineData("535 Incorrect", "basic-credentials-wrong/password")]
    [InlineData("550 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-retired/tokenBasedAuthentication")]
    [InlineData("504 5.7.4 Unrecognized authentication type", "sign-in-not-offered/credentialsRequired")]
    [InlineData("454 4.7.0 Temporary authentication failure", "server-busy/")]
    public async Task A_refused_password_is_told_as_one(string reply, string finding)
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.Answer(SmtpMoment.Auth, reply), field: SettingsField.ServerName)
        {
            Credentials = new SmtpCredentials.Password("hr", new SecretText("correct horse")),
        };

        Assert.Equal([finding], (await walk.FailsAsync()).Findings.Marks());
    }

    [Fact]
    public async Task A_refusal_of_several_lines_is_read_whole()
    {
        await using var walk = new SmtpWalk(SmtpScript.Exchange.Answer(
            SmtpMoment.Auth, "535-5.7.139 Authentication unsuccessful,\r\n535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox."));

        var failed = await walk.FailsAsync();

        Assert.Equal(["smtp-auth-disabled-mailbox/fromEmail"], failed.Findings.Marks());
    }

    [Theory]
    [InlineData("535 5.7.3 Authentication unsuccessful", 535, "5.7.3", "5.7.3 Authentication unsuccessful")]
    [InlineData("250-first\r\n250 second", 250, "", "first second")]
    [InlineData("  421 4.3.2 Busy\r\n", 421, "4.3.2", "4.3.2 Busy")]
    [InlineData("HTTP/1.1 400 Bad Request", 0, "", "HTTP/1.1 400 Bad Request")]
    [InlineData("600 no such class", 0, "", "600 no such class")]
    [InlineData("550 about 5.7.1 later", 550, "", "about 5.7.1 later")]
    [InlineData("", 0, "", "")]
    public void A_reply_is_taken_apart(string wire, int code, string enhanced, string text)
    {
        Assert.Equal(new SmtpReply(code, enhanced, text), SmtpReply.Read(wire));
    }
}
