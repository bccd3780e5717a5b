using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Transports.Smtp;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SmtpTransportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_byte_for_byte()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();
        var mail = Mails.To("anna@contoso.com");

        var outcome = await session.SendAsync(mail, Ct);

        Assert.Contains("receipt-1", Assert.IsType<SendOutcome.Accepted>(outcome).Receipt, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(mail.Content.Span).ReplaceLineEndings("\n"), Assert.Single(lab.Smtp.Messages));
        Assert.True(session.Usable);
        Assert.Contains(lab.Smtp.Lines, l => l.Text == $"MAIL FROM:<hr@contoso.com> SIZE={mail.Content.Length}");
        Assert.Contains("DATA", lab.Smtp.Verbs);
    }

    [Fact]
    public async Task Many_messages_share_one_connection_one_sign_in_and_one_token()
    {
        await using var lab = await Lab.StartAsync();
        await using (var session = await lab.OpenAsync())
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.IsType<SendOutcome.Accepted>(await session.SendAsync(Mails.To($"person{i}@contoso.com"), Ct));
            }

            await session.CloseAsync(Ct);
        }

        await using var second = await lab.OpenAsync();

        Assert.Equal(5, lab.Smtp.Messages.Count);
        Assert.Equal(2, lab.Smtp.Connections);
        Assert.Equal(2, lab.Smtp.Logins.Count);
        Assert.Equal(1, lab.Cloud.Count(CloudPlace.ExchangeToken));
        Assert.Contains("QUIT", lab.Smtp.Verbs);
    }

    [Theory]
    [InlineData("a line\r\n.\r\n..\r\n.hidden\r\nand the end\r\n")]
    [InlineData(".starts with a dot\r\n")]
    [InlineData("no line end")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("")]
    [InlineData("grüße aus Köln, Привет\r\n")]
    public async Task A_body_arrives_as_it_is(string body)
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();

        await session.SendAsync(Mails.Saying(body), Ct);
        await session.SendAsync(Mails.To("bea@contoso.com"), Ct);

        var arrived = lab.Smtp.Messages[0];
        var expected = Encoding.UTF8.GetString(Mails.Bytes(body)).ReplaceLineEndings("\n");
        Assert.Equal(expected.EndsWith('\n') ? expected : expected + "\n", arrived);
        Assert.Equal(2, lab.Smtp.Messages.Count);
        Assert.Equal(0, lab.Smtp.BareLineEnds);
        Assert.Equal(!Ascii.IsValid(body), lab.Smtp.Lines.Any(l => l.Text.Contains("BODY=8BITMIME", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1024)]
    public async Task A_message_of_many_kilobytes_arrives_whole(int kilobytes)
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();
        var body = string.Concat(Enumerable.Range(0, kilobytes * 1024 / 64).Select(i => $".{i,61}\r\n"));

        Assert.Equal("accepted", (await session.SendAsync(Mails.Saying(body), Ct)).InShort());

        Assert.Equal(Encoding.UTF8.GetString(Mails.Bytes(body)).ReplaceLineEndings("\n"), Assert.Single(lab.Smtp.Messages));
    }

    [Fact]
    public async Task The_dot_does_not_go_out_before_it_is_written_down()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        var sending = session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(() => written.Task) }, Ct);
        await lab.Smtp.Reached(SmtpMoment.Data).WaitAsync(Ct);

        Assert.Equal((false, 0), (sending.IsCompleted, lab.Smtp.Messages.Count));
        written.SetResult(true);
        Assert.Equal("accepted", (await sending.WaitAsync(Ct)).InShort());
        Assert.Single(lab.Smtp.Messages);
    }

    [Fact]
    public async Task What_another_process_has_is_broken_off_before_the_dot()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(() => Task.FromResult(false)) }, Ct);

        Assert.Equal(("withdrawn", false), (outcome.InShort(), session.Usable));
        await session.CloseAsync(Ct);
        Assert.Equal("accepted", (await (await lab.OpenAsync()).SendAsync(Mails.To("bea@contoso.com"), Ct)).InShort());
        Assert.Single(lab.Smtp.Messages);
    }

    [Fact]
    public async Task What_is_never_written_down_is_given_up_in_time_and_not_sent()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await Lab.StartAsync(time: time);
        await using var session = await lab.OpenAsync();

        var sending = session.SendAsync(Mails.To("anna@contoso.com") with { Start = new(() => new TaskCompletionSource<bool>().Task) }, Ct);
        await lab.Smtp.Reached(SmtpMoment.Data).WaitAsync(Ct);
        while (!sending.IsCompleted)
        {
            // The client may still be on its way to where it waits.
            time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        Assert.Contains((await sending).InShort(), (string[])["withdrawn", "stopped Unreachable link-lost", "later link-lost"]);
        Assert.Empty(lab.Smtp.Messages);
        Assert.False(session.Usable);
    }

    [Fact]
    public async Task A_message_called_back_before_data_leaves_the_connection_to_the_next()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();

        Assert.Equal("withdrawn", (await session.SendAsync(Mails.To("anna@contoso.com") with { StillWanted = () => false }, Ct)).InShort());
        Assert.DoesNotContain("DATA", lab.Smtp.Verbs);
        Assert.Equal("accepted", (await session.SendAsync(Mails.To("bea@contoso.com"), Ct)).InShort());

        Assert.Equal((1, 1, 1), (lab.Smtp.Connections, lab.Smtp.Logins.Count, lab.Smtp.Messages.Count));
    }

    [Theory]
    [InlineData(SmtpMoment.Mail)]
    [InlineData(SmtpMoment.Data)]
    public async Task Stopped_before_the_dot_nothing_is_sent(SmtpMoment moment)
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.At(moment, SmtpBehaviour.Stall));
        await using var session = await lab.OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var sending = session.SendAsync(Mails.To("anna@contoso.com"), stop.Token);
        await lab.Smtp.Reached(moment).WaitAsync(Ct);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Ct));
        Assert.Equal((0, false), (lab.Smtp.Messages.Count, session.Usable));
    }

    [Fact]
    public async Task Stopped_after_the_dot_the_answer_is_waited_for()
    {
        var answer = new TaskCompletionSource();
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Hold(SmtpMoment.Content, answer.Task));
        await using var session = await lab.OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var sending = session.SendAsync(Mails.To("anna@contoso.com"), stop.Token);
        await lab.Smtp.Reached(SmtpMoment.Content).WaitAsync(Ct);
        await stop.CancelAsync();
        answer.SetResult();

        Assert.Equal("accepted", (await sending.WaitAsync(Ct)).InShort());
        Assert.True(session.Usable);
    }

    [Fact]
    public async Task A_kept_token_that_lost_its_rights_is_renewed_once_and_no_more()
    {
        await using var lab = await Lab.StartAsync();
        await (await lab.OpenAsync()).DisposeAsync();
        lab.Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.Auth, "535 5.7.3 Authentication unsuccessful");

        await Assert.ThrowsAsync<TransportUnavailableException>(() => lab.OpenAsync());

        Assert.Equal((2, 3), (lab.Cloud.Count(CloudPlace.ExchangeToken), lab.Smtp.Logins.Count));
    }

    [Theory]
    [InlineData("535 5.7.143 XOAUTH2 authentication failed. The token has expired.")]
    [InlineData("454 5.7.142 XOAUTH2 authentication failed. The token will expire soon.")]
    public async Task A_kept_token_that_expired_at_the_server_is_renewed_once(string reply)
    {
        await using var lab = await Lab.StartAsync();
        await (await lab.OpenAsync()).DisposeAsync();
        var refused = 0;
        lab.Smtp.Script = SmtpScript.Exchange with
        {
            Instead = moment => moment == SmtpMoment.Auth && Interlocked.Increment(ref refused) == 1 ? reply : null,
        };

        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
        Assert.Equal((2, 3), (lab.Cloud.Count(CloudPlace.ExchangeToken), lab.Smtp.Logins.Count));
    }

    [Fact]
    public async Task A_connection_whose_token_expired_takes_no_other_message_and_the_message_waits()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Mail, "550 5.7.143 The token has expired."));
        await using var session = await lab.OpenAsync();

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com"), Ct);

        Assert.Equal(("stopped Unreachable token-expired 0s", false), (outcome.InShort(), session.Usable));
    }

    [Fact]
    public async Task The_operator_chooses_the_name_in_ehlo()
    {
        await using var lab = await Lab.StartAsync(configuration: new Dictionary<string, string?> { ["Smtp:EhloName"] = "notifications.contoso.com" });

        await (await lab.OpenAsync()).DisposeAsync();

        var ehlo = lab.Smtp.Lines.Select(l => l.Text).Where(text => text.StartsWith("EHLO", StringComparison.Ordinal)).ToList();
        Assert.Equal(["EHLO notifications.contoso.com", "EHLO notifications.contoso.com"], ehlo);
    }

    [Fact]
    public async Task A_server_says_back_neither_token_nor_secret_through_an_outcome()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Content, $"554 5.9.9 I saw {StubCloud.Secret}"));
        await using var session = await lab.OpenAsync();

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com"), Ct);

        Assert.Contains("I saw", outcome.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(StubCloud.Secret, outcome.ToString(), StringComparison.Ordinal);
    }
}
