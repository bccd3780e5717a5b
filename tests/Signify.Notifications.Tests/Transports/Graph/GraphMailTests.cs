using MimeKit;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports.Graph;

namespace Signify.Notifications.Tests.Transports.Graph;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class GraphMailTests(LabFixture fixture) : IClassFixture<LabFixture>
{
    private const string Token = "EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StubCloud Cloud => fixture.Lab.Cloud;

    [Theory]
    [InlineData(403, "ErrorAccessDenied", "graph-permission-missing/clientId")]
    [InlineData(403, "ErrorSendAsDenied", "send-as-denied/fromEmail")]
    [InlineData(403, "insufficient_claims", "conditional-access/clientId")]
    [InlineData(403, "SomethingNew", "graph-permission-missing/clientId")]
    [InlineData(404, "ErrorInvalidUser", "mailbox-not-found/fromEmail")]
    [InlineData(404, "ResourceNotFound", "mailbox-not-found/fromEmail")]
    [InlineData(404, "Request_ResourceNotFound", "mailbox-not-found/fromEmail")]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "mailbox-not-found/fromEmail")]
    [InlineData(400, "ErrorInvalidRecipients", "recipient-rejected/")]
    [InlineData(413, "RequestEntityTooLarge", "message-too-large/")]
    [InlineData(400, "ErrorMessageSizeExceeded", "message-too-large/")]
    [InlineData(429, "ApplicationThrottled", "too-fast/")]
    [InlineData(429, "ErrorExceededMessageLimit", "daily-limit/fromEmail")]
    [InlineData(400, "ErrorSubmissionQuotaExceeded", "daily-limit/fromEmail")]
    [InlineData(400, "ErrorMessageSubmissionBlocked", "sender-blocked/fromEmail")]
    [InlineData(403, "ErrorAccountSuspend", "sender-blocked/fromEmail")]
    [InlineData(507, "ErrorQuotaExceeded", "mailbox-full/fromEmail")]
    [InlineData(503, "ErrorServerBusy", "server-busy/")]
    [InlineData(500, "ErrorInternalServerError", "server-busy/")]
    [InlineData(401, "InvalidAuthenticationToken", "sign-in-refused/cloud")]
    [InlineData(400, "ErrorMimeContentInvalidBase64String", "message-refused/")]
    public async Task Each_refusal_of_graph_has_its_meaning_and_is_not_repeated(int status, string code, string finding)
    {
        Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(status, code));
        var before = Cloud.Count(CloudPlace.SendMail);

        var refused = await RefusedAsync();

        Assert.Equal([finding], refused.Findings.Marks());
        Assert.Contains(code, refused.Evidence, StringComparison.Ordinal);
        Assert.Equal(before + 1, Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task A_policy_that_keeps_the_app_from_the_mailbox_is_told_apart_from_a_missing_permission()
    {
        Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(403, "ErrorAccessDenied", "Access to OData is disabled."));

        Assert.Equal(["access-policy/fromEmail"], (await RefusedAsync()).Findings.Marks());
    }

    [Theory]
    [InlineData(200, "", "message-refused/")]
    [InlineData(403, "<html>proxy</html>", "graph-interfered/")]
    [InlineData(400, "[]", "graph-interfered/")]
    [InlineData(502, "", "server-busy/")]
    public async Task An_answer_that_is_not_quite_graphs_is_told_by_its_status(int status, string body, string finding)
    {
        Cloud.Answer(CloudPlace.SendMail, new StubReply(status, body));

        Assert.Equal([finding], (await RefusedAsync()).Findings.Marks());
    }

    [Fact]
    public async Task The_token_travels_in_the_header_with_a_request_id_of_our_own()
    {
        await using var lab = await Lab.StartAsync();

        await SendAsync(lab);

        var request = Assert.Single(lab.Cloud.Requests);
        Assert.Equal($"Bearer {Token}", request.Headers["Authorization"]);
        Assert.True(Guid.TryParse(request.Headers["client-request-id"], out _));
    }

    [Fact]
    public async Task The_token_is_not_sent_to_a_graph_without_a_good_certificate()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Certificate = TestCertificates.SelfSigned;

        var refused = await Assert.ThrowsAsync<TransportUnavailableException>(() => SendAsync(lab));

        Assert.Equal(["tls-untrusted/cloud"], refused.Findings.Marks());
        Assert.Empty(lab.Cloud.Requests);
    }

    private Task<TransportUnavailableException> RefusedAsync() => Assert.ThrowsAsync<TransportUnavailableException>(() => SendAsync(fixture.Lab));

    private static Task<string> SendAsync(Lab lab)
    {
        var message = new MimeMessage { Subject = "Hello", Body = new TextPart("plain") { Text = "Text" } };
        message.From.Add(new MailboxAddress("HR", Lab.From));
        message.To.Add(new MailboxAddress("Anna", "anna@contoso.com"));
        return lab.Library.Get<GraphMail>().SendAsync(lab.Settings(), new AccessToken(new SecretText(Token), DateTimeOffset.MaxValue, null), message, Ct);
    }
}
