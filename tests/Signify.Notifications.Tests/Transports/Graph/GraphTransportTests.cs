using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Transports.Graph;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class GraphTransportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(24 * 1024)]
    [InlineData(100_001)]
    [InlineData(3_000_000)]
    public async Task A_message_arrives_byte_for_byte(int bytes)
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);
        var mime = new byte[bytes];
        new Random(bytes).NextBytes(mime);

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com") with { Content = mime }, Ct);

        Assert.Equal("202 Accepted, request-id receipt-of-graph", Assert.IsType<SendOutcome.Accepted>(outcome).Receipt);
        var request = lab.Cloud.Requests[^1];
        Assert.Equal($"POST /v1.0/users/{Uri.EscapeDataString(Lab.From)}/sendMail HTTP/1.1", request.Line);
        Assert.Equal("text/plain", request.Headers["Content-Type"]);
        Assert.Equal(mime, Convert.FromBase64String(request.Body));
        Assert.True(session.Usable);
    }

    [Fact]
    public async Task Many_messages_share_one_token_and_each_has_a_request_id_of_its_own()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("accepted", (await session.SendAsync(Mails.To($"person{i}@contoso.com"), Ct)).InShort());
        }

        Assert.Equal((1, 5), (lab.Cloud.Count(CloudPlace.GraphToken), lab.Cloud.Count(CloudPlace.SendMail)));
        Assert.Equal(5, lab.Cloud.Requests.Where(r => r.Place == CloudPlace.SendMail).Select(r => r.Headers["client-request-id"]).Distinct().Count());
    }

    [Theory]
    [InlineData("5")]
    [InlineData("Mon, 23 Nov 2026 10:00:00 GMT")]
    public async Task What_graph_takes_is_taken_whatever_it_asks_for_the_next(string retryAfter)
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.SendMail, new StubReply(202, "").With("Retry-After", retryAfter));

        Assert.Equal("accepted", (await SendAsync(lab)).InShort());
        Assert.Equal(1, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Theory]
    [InlineData("7", null, "7s")]
    [InlineData("0", null, "1s")]
    [InlineData("999999999", null, "86400s")]
    [InlineData("Mon, 23 Nov 2026 09:00:42 GMT", null, "42s")]
    [InlineData("Mon, 23 Nov 2026 09:00:42 GMT", "Mon, 23 Nov 2026 09:00:30 GMT", "12s")]
    [InlineData("Mon, 23 Nov 2026 08:00:00 GMT", null, "1s")]
    [InlineData("soon", null, "30s")]
    [InlineData(null, null, "30s")]
    public async Task A_throttle_is_obeyed_to_the_second(string? retryAfter, string? date, string wait)
    {
        await using var lab = await Lab.StartAsync(time: new FakeTimeProvider(Now));
        var reply = StubReply.GraphError(429, "ApplicationThrottled");
        reply = retryAfter is null ? reply : reply.With("Retry-After", retryAfter);
        lab.Cloud.Answer(CloudPlace.SendMail, date is null ? reply : reply.With("Date", date));

        Assert.Equal($"stopped Throttled too-fast {wait}", (await SendAsync(lab)).InShort());
    }

    [Fact]
    public async Task A_token_that_lost_its_rights_is_renewed_once()
    {
        await using var lab = await Lab.StartAsync();
        var asked = 0;
        lab.Cloud.Answer(CloudPlace.SendMail, _ => ++asked == 1 ? StubReply.GraphError(401, "InvalidAuthenticationToken") : new StubReply(202, ""));

        Assert.Equal("accepted", (await SendAsync(lab)).InShort());
        Assert.Equal((2, 2), (lab.Cloud.Count(CloudPlace.GraphToken), lab.Cloud.Count(CloudPlace.SendMail)));
    }

    [Fact]
    public async Task A_fresh_token_that_is_refused_too_is_the_configurations_fault()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(401, "InvalidAuthenticationToken"));

        Assert.Equal("stopped Configuration sign-in-refused", (await SendAsync(lab)).InShort());
        Assert.Equal((2, 2), (lab.Cloud.Count(CloudPlace.GraphToken), lab.Cloud.Count(CloudPlace.SendMail)));
    }

    [Theory]
    [InlineData(7000222, "stopped Configuration secret-expired")]
    [InlineData(90033, "stopped Unreachable entra-unavailable")]
    public async Task A_token_that_cannot_be_renewed_stops_the_mailbox_for_its_own_reason(int aadsts, string expected)
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(401, "InvalidAuthenticationToken"));
        lab.Cloud.AnswerTokens(StubReply.Aadsts(aadsts, status: 401));

        Assert.Equal(expected, (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
    }

    /// <summary>What the message before ended in is recorded with it, and must not wait for Entra; and a fault of Entra is no message's.</summary>
    [Fact]
    public async Task The_start_is_recorded_before_a_token_is_asked_for()
    {
        var time = new FakeTimeProvider(Now);
        await using var lab = await Lab.StartAsync(time: time);
        await using var session = await lab.OpenAsync(Route.Graph);
        // MSAL reckons a token's end by the system's clock.
        time.Advance(TimeSpan.FromDays(3650));
        lab.Cloud.AnswerTokens(StubReply.Aadsts(7000215, status: 401));
        var begun = false;

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(Begin) }, Ct);

        Assert.StartsWith("stopped", outcome.InShort(), StringComparison.Ordinal);
        Assert.True(begun);

        Task<bool> Begin()
        {
            begun = true;
            return Task.FromResult(true);
        }
    }

    [Fact]
    public async Task A_session_does_not_open_without_a_token()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.AnswerTokens(new StubReply(401, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: {{StubCloud.Secret}} is wrong","error_codes":[7000215]}"""));

        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => lab.OpenAsync(Route.Graph));

        Assert.Equal(FindingCode.SecretWrong, failed.Findings[0].Code);
        Assert.DoesNotContain(StubCloud.Secret, failed.Evidence + failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listening_means_that_nothing_was_sent()
    {
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Clouds:Lab:Graph"] = $"https://127.0.0.1:{LoopbackListener.RefusedPort()}" });

        Assert.Equal("stopped Unreachable connection-failed", (await SendAsync(lab)).InShort());
    }

    [Fact]
    public async Task A_graph_whose_name_is_not_found_got_nothing()
    {
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Clouds:Lab:Graph"] = "https://no-such-host.invalid" });

        Assert.Equal("stopped Unreachable name-not-found", (await SendAsync(lab)).InShort());
    }

    [Fact]
    public async Task A_stranger_in_graphs_place_gets_neither_token_nor_message()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);
        lab.Cloud.Certificate = TestCertificates.SelfSigned;

        Assert.Equal("stopped Configuration tls-untrusted", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
        Assert.Equal(0, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task A_link_that_breaks_after_the_request_leaves_a_doubt()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.SendMail, new StubReply(0, "") { Until = Task.FromException(new EndOfStreamException("As the script says.")) });

        var outcome = await SendAsync(lab);

        Assert.Equal("in doubt link-lost", outcome.InShort());
        Assert.Equal(1, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task A_link_that_breaks_amid_the_request_is_no_doubt()
    {
        await using var broken = new LoopbackListener(async (socket, stop) =>
        {
            await using var tls = new System.Net.Security.SslStream(socket);
            await tls.AuthenticateAsServerAsync(new System.Net.Security.SslServerAuthenticationOptions { ServerCertificate = TestCertificates.Good }, stop);
            await tls.ReadExactlyAsync(new byte[100], stop);
        });
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Clouds:Lab:Graph"] = $"https://127.0.0.1:{broken.Port}" });
        await using var session = await lab.OpenAsync(Route.Graph);

        // More than the buffers on the way hold.
        var outcome = await session.SendAsync(Mails.To("anna@contoso.com") with { Content = new byte[3_000_000] }, Ct);

        Assert.Equal("later link-lost", outcome.InShort());
    }

    [Fact]
    public async Task A_silent_graph_is_given_up_in_time_and_the_doubt_is_said()
    {
        var time = new FakeTimeProvider(Now);
        await using var lab = await Lab.StartAsync(time: time);
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.Never);

        var sending = SendAsync(lab);
        await lab.Cloud.Reached(CloudPlace.SendMail).WaitAsync(Ct);
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("in doubt link-lost", (await sending.WaitAsync(Ct)).InShort());
    }

    [Theory]
    [InlineData(400, 10, "rejected message-refused")]
    [InlineData(429, 10, "stopped Throttled too-fast 30s")]
    [InlineData(403, 0, "stopped Configuration graph-permission-missing")]
    public async Task An_answer_cut_off_is_told_by_its_status(int status, int cutAt, string expected)
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.SendMail, StubReply.GraphError(status, "SomethingNew").With("request-id", "a-request-of-graph") with { CutAt = cutAt });

        Assert.Equal(expected, (await SendAsync(lab)).InShort());
    }

    [Fact]
    public async Task An_answer_of_any_length_is_read_to_a_bound()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.SendMail, new StubReply(400, string.Concat(Enumerable.Repeat("no no no ", 300_000))).With("request-id", "a-request-of-graph"));

        var outcome = await SendAsync(lab);

        Assert.Equal("rejected message-refused", outcome.InShort());
        Assert.InRange(outcome.Words()!.Length, 1, 5000);
    }

    [Fact]
    public async Task What_graph_says_back_holds_neither_token_nor_secret()
    {
        await using var lab = await Lab.StartAsync();
        lab.Cloud.Answer(CloudPlace.SendMail, r => StubReply.GraphError(400, "ErrorInvalidParameter", $"{r.Headers["Authorization"]} and {StubCloud.Secret}")
            .With("request-id", StubCloud.Secret));

        var outcome = await SendAsync(lab);

        Assert.Contains("HTTP 400", outcome.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(StubCloud.Secret, outcome.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Cloud.Requests[^1].Headers["Authorization"]["Bearer ".Length..][..40], outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_larger_than_graph_takes_is_refused_without_asking()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);
        const int Most = 4 * 1024 * 1024 / 4 * 3;

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com") with { Content = new byte[Most + 1] }, Ct);

        Assert.Equal(("rejected message-too-large", 0), (outcome.InShort(), lab.Cloud.Count(CloudPlace.SendMail)));
        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com") with { Content = new byte[Most] }, Ct)).InShort());
    }

    [Fact]
    public async Task A_message_called_back_is_not_sent()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);

        Assert.Equal("withdrawn", (await session.SendAsync(Mails.To("anna@contoso.com") with { StillWanted = () => false }, Ct)).InShort());
        Assert.Equal("withdrawn", (await session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(() => Task.FromResult(false)) }, Ct)).InShort());
        Assert.Equal(0, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task No_request_goes_out_before_it_is_written_down_and_then_it_is_asked_whether_it_is_wanted()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);
        var written = new TaskCompletionSource<bool>();
        var seen = new List<(bool Written, int Requests)>();

        var sending = session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(() => written.Task), StillWanted = Wanted }, Ct);
        Assert.Empty(seen);
        written.SetResult(true);

        Assert.Equal("accepted", (await sending.WaitAsync(Ct)).InShort());
        Assert.Equal([(true, 0)], seen);

        bool Wanted()
        {
            seen.Add((written.Task.IsCompleted, lab.Cloud.Count(CloudPlace.SendMail)));
            return true;
        }
    }

    [Fact]
    public async Task What_is_never_written_down_is_given_up_in_time_and_not_sent()
    {
        var time = new FakeTimeProvider(Now);
        await using var lab = await Lab.StartAsync(time: time);
        await using var session = await lab.OpenAsync(Route.Graph);

        var sending = session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(() => new TaskCompletionSource<bool>().Task) }, Ct);
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("withdrawn", (await sending.WaitAsync(Ct)).InShort());
        Assert.Equal(0, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task Stopped_before_the_request_nothing_is_sent()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var sending = session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(() => new TaskCompletionSource<bool>().Task) }, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.SendAsync(Mails.To("anna@contoso.com"), stop.Token));
        Assert.Equal(0, lab.Cloud.Count(CloudPlace.SendMail));
    }

    [Fact]
    public async Task Stopped_after_the_request_the_answer_is_waited_for()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync(Route.Graph);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var answer = new TaskCompletionSource();
        lab.Cloud.Answer(CloudPlace.SendMail, new StubReply(202, "") { Until = answer.Task });

        var sending = session.SendAsync(Mails.To("anna@contoso.com"), stop.Token);
        await lab.Cloud.Reached(CloudPlace.SendMail).WaitAsync(Ct);
        await stop.CancelAsync();
        answer.SetResult();

        Assert.Equal("accepted", (await sending.WaitAsync(Ct)).InShort());
    }

    private static async Task<SendOutcome> SendAsync(Lab lab)
    {
        await using var session = await lab.OpenAsync(Route.Graph);
        return await session.SendAsync(Mails.To("anna@contoso.com"), Ct);
    }
}
