using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Transports.Graph;

/// <summary>What each answer of Graph's means for the message and the mailbox.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class GraphAnswerTests(LabFixture fixture) : IClassFixture<LabFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StubCloud Cloud => fixture.Lab.Cloud;

    [Theory]
    [InlineData(403, "ErrorAccessDenied", "stopped Configuration access-policy")]
    [InlineData(403, "ErrorSendAsDenied", "stopped Configuration send-as-denied")]
    [InlineData(403, "insufficient_claims", "stopped Configuration conditional-access")]
    [InlineData(403, "SomethingNew", "stopped Configuration graph-permission-missing")]
    [InlineData(404, "ErrorInvalidUser", "stopped Configuration mailbox-not-found")]
    [InlineData(404, "ResourceNotFound", "stopped Configuration mailbox-not-found")]
    [InlineData(404, "Request_ResourceNotFound", "stopped Configuration mailbox-not-found")]
    [InlineData(404, "ErrorNonExistentMailbox", "stopped Configuration mailbox-not-found")]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "stopped Configuration mailbox-not-found")]
    [InlineData(404, "SomethingNew", "stopped Configuration mailbox-not-found")]
    [InlineData(507, "ErrorQuotaExceeded", "stopped Configuration mailbox-full")]
    [InlineData(507, "SomethingNew", "stopped Configuration mailbox-full")]
    [InlineData(400, "ErrorMessageSubmissionBlocked", "stopped Blocked sender-blocked")]
    [InlineData(403, "ErrorAccountSuspend", "stopped Blocked sender-blocked")]
    [InlineData(400, "ErrorSubmissionQuotaExceeded", "stopped Quota daily-limit")]
    [InlineData(429, "ErrorExceededMessageLimit", "stopped Quota daily-limit")]
    [InlineData(403, "ErrorExceededMessageLimit", "stopped Quota daily-limit")]
    [InlineData(400, "ErrorInvalidRecipients", "rejected recipient-rejected")]
    [InlineData(400, "ErrorExceededMaxRecipientLimit", "rejected recipient-rejected")]
    [InlineData(413, "RequestEntityTooLarge", "rejected message-too-large")]
    [InlineData(413, "SomethingNew", "rejected message-too-large")]
    [InlineData(400, "ErrorMessageSizeExceeded", "rejected message-too-large")]
    [InlineData(400, "ErrorMimeContentInvalidBase64String", "rejected message-refused")]
    [InlineData(400, "ErrorInvalidParameter", "rejected message-refused")]
    [InlineData(400, "RequestBodyRead", "rejected message-refused")]
    [InlineData(408, "SomethingNew", "in doubt server-busy")]
    [InlineData(499, "SomethingNew", "in doubt server-busy")]
    [InlineData(407, "SomethingNew", "stopped Unreachable graph-interfered")]
    [InlineData(511, "SomethingNew", "stopped Unreachable graph-interfered")]
    [InlineData(423, "SomethingNew", "later server-busy")]
    [InlineData(509, "SomethingNew", "stopped Throttled too-fast 30s")]
    [InlineData(429, "ApplicationThrottled", "stopped Throttled too-fast 30s")]
    [InlineData(429, "TooManyRequests", "stopped Throttled too-fast 30s")]
    [InlineData(429, "CommandConcurrencyLimitReached", "stopped Throttled too-fast 30s")]
    [InlineData(503, "ErrorServerBusy", "stopped Throttled server-busy 30s")]
    [InlineData(503, "ApplicationThrottled", "stopped Throttled server-busy 30s")]
    [InlineData(503, "MailboxInfoStale", "later server-busy")]
    [InlineData(503, "ErrorMailboxMoveInProgress", "later server-busy")]
    [InlineData(503, "SomethingNew", "in doubt server-busy")]
    [InlineData(504, "ErrorServerBusy", "in doubt server-busy")]
    [InlineData(504, "MailboxInfoStale", "in doubt server-busy")]
    [InlineData(504, "SomethingNew", "in doubt server-busy")]
    [InlineData(500, "ErrorInternalServerError", "in doubt server-busy")]
    [InlineData(500, "ErrorInternalServerTransientError", "in doubt server-busy")]
    [InlineData(502, "UnknownError", "in doubt server-busy")]
    public async Task Each_answer_says_whose_fault_it_is_and_is_not_asked_for_twice(int status, string code, string expected)
    {
        var before = Cloud.Count(CloudPlace.SendMail);

        Assert.Equal(expected, await ToldAsync(StubReply.GraphError(status, code)));
        Assert.Equal(before + 1, Cloud.Count(CloudPlace.SendMail));
    }

    [Theory]
    [InlineData(503, "SomethingNew", "in doubt server-busy 9s")]
    [InlineData(504, "SomethingNew", "in doubt server-busy 9s")]
    [InlineData(504, "UnknownError", "in doubt server-busy 9s")]
    [InlineData(502, "SomethingNew", "in doubt server-busy 9s")]
    [InlineData(500, "SomethingNew", "in doubt server-busy 9s")]
    [InlineData(503, "ErrorServerBusy", "stopped Throttled server-busy 9s")]
    [InlineData(503, "MailboxInfoStale", "later server-busy 9s")]
    [InlineData(429, "SomethingNew", "stopped Throttled too-fast 9s")]
    public async Task Retry_after_asks_for_time_and_is_no_evidence_that_nothing_was_taken(int status, string code, string expected) =>
        Assert.Equal(expected, await ToldAsync(StubReply.GraphError(status, code).With("Retry-After", "9")));

    [Fact]
    public async Task A_policy_is_told_apart_from_a_missing_permission() =>
        Assert.Equal("stopped Configuration access-policy", await ToldAsync(StubReply.GraphError(403, "ErrorAccessDenied", "[RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.")));

    /// <summary>Nothing on the network path fails a message, or holds a mailbox with a cause of Microsoft's.</summary>
    [Theory]
    [InlineData(200, "<html>Sign in to the guest network</html>", "in doubt message-refused")]
    [InlineData(302, "", "stopped Unreachable graph-interfered")]
    [InlineData(400, "Bad request", "stopped Unreachable graph-interfered")]
    [InlineData(400, "[]", "stopped Unreachable graph-interfered")]
    [InlineData(400, """{"error":"text"}""", "stopped Unreachable graph-interfered")]
    [InlineData(400, """{"error":{"code":7}}""", "stopped Unreachable graph-interfered")]
    [InlineData(400, """{"error":{"code":""}}""", "stopped Unreachable graph-interfered")]
    [InlineData(401, "<html>Proxy sign-in</html>", "stopped Unreachable graph-interfered")]
    [InlineData(403, "<html>Blocked category: webmail</html>", "stopped Unreachable graph-interfered")]
    [InlineData(404, "", "stopped Unreachable graph-interfered")]
    [InlineData(405, "<html>Internet Access Denied</html>", "stopped Unreachable graph-interfered")]
    [InlineData(413, "<html>413 Request Entity Too Large</html>", "stopped Unreachable graph-interfered")]
    [InlineData(451, "Unavailable for legal reasons", "stopped Unreachable graph-interfered")]
    [InlineData(511, "<html>Network authentication required</html>", "stopped Unreachable graph-interfered")]
    [InlineData(429, "Slow down", "stopped Throttled too-fast 30s")]
    [InlineData(502, "", "in doubt server-busy")]
    [InlineData(507, "", "in doubt server-busy")]
    public async Task What_is_not_graphs_response_is_the_networks_doing(int status, string body, string expected) =>
        Assert.Equal(expected, await ToldAsync(new StubReply(status, body)));

    /// <summary>Graph's own, by the request ID alone: its status tells.</summary>
    [Theory]
    [InlineData(403, "stopped Configuration graph-permission-missing")]
    [InlineData(404, "stopped Configuration mailbox-not-found")]
    [InlineData(413, "rejected message-too-large")]
    [InlineData(200, "in doubt message-refused")]
    public async Task With_a_request_id_an_error_without_a_name_is_told_by_its_status(int status, string expected) =>
        Assert.Equal(expected, await ToldAsync(new StubReply(status, "").With("request-id", "a-request-of-graph")));

    [Fact]
    public async Task A_large_message_that_graph_answers_with_200_is_too_large_and_not_sent_again()
    {
        var before = Cloud.Count(CloudPlace.SendMail);
        Cloud.Answer(CloudPlace.SendMail, new StubReply(200, "").With("request-id", "a-request-of-graph"));
        await using var session = await fixture.Lab.OpenAsync(Route.Graph);

        var outcome = await session.SendAsync(Mails.Saying(new string('x', 2_400_000)), Ct);

        Assert.Equal("rejected message-too-large", outcome.InShort());
        Assert.Equal(before + 1, Cloud.Count(CloudPlace.SendMail));
    }

    private async Task<string> ToldAsync(StubReply reply)
    {
        Cloud.Answer(CloudPlace.SendMail, reply);
        await using var session = await fixture.Lab.OpenAsync(Route.Graph);
        return (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort();
    }
}
