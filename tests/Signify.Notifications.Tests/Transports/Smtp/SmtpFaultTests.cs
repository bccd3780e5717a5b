using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>Whatever a server does at whatever moment: the right outcome, in time, and never an exception out of sending.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SmtpFaultTests(SmtpFaultTests.Fixture fixture) : IClassFixture<SmtpFaultTests.Fixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ScriptedSmtpServer Smtp => fixture.Lab.Smtp;

    public static TheoryData<SmtpMoment, SmtpBehaviour, StopKind> Openings()
    {
        var rows = new TheoryData<SmtpMoment, SmtpBehaviour, StopKind>();
        foreach (var moment in new[] { SmtpMoment.Greeting, SmtpMoment.Ehlo, SmtpMoment.StartTls, SmtpMoment.Handshake, SmtpMoment.EhloTls, SmtpMoment.Auth })
        {
            rows.Add(moment, SmtpBehaviour.Drop, StopKind.Unreachable);
            rows.Add(moment, SmtpBehaviour.Stall, StopKind.Unreachable);
            if (moment != SmtpMoment.Handshake)
            {
                rows.Add(moment, SmtpBehaviour.HalfReply, StopKind.Unreachable);
                rows.Add(moment, SmtpBehaviour.EndlessLine, StopKind.Unreachable);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Openings))]
    public async Task A_connection_that_does_not_come_about_says_so_in_time(SmtpMoment moment, SmtpBehaviour behaviour, StopKind expected)
    {
        Smtp.Script = SmtpScript.Exchange.At(moment, behaviour);
        var messages = Smtp.Messages.Count;

        var opening = fixture.Lab.OpenAsync();
        await TimeOutAsync(opening, behaviour);
        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => opening.WaitAsync(Ct));

        Assert.Equal(expected, StopKinds.Of(failed.Findings[0].Code));
        Assert.Equal(messages, Smtp.Messages.Count);
    }

    [Theory]
    [InlineData(SmtpMoment.Greeting, "421 4.3.2 Service not available", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Greeting, "450 4.9.9 new", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Greeting, "554 5.9.9 new", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Greeting, "what is this", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Ehlo, "421 4.3.2 Service not available", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Ehlo, "501 5.5.4 Invalid domain name", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Ehlo, "what is this", StopKind.Unreachable)]
    [InlineData(SmtpMoment.StartTls, "454 4.7.0 TLS not available", StopKind.Unreachable)]
    [InlineData(SmtpMoment.StartTls, "500 5.3.3 Unrecognized command", StopKind.Unreachable)]
    [InlineData(SmtpMoment.EhloTls, "421 4.3.2 Service not available", StopKind.Unreachable)]
    [InlineData(SmtpMoment.EhloTls, "what is this", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Auth, "421 4.3.2 Service not available", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Auth, "432 4.3.2 Concurrent connections limit exceeded.", StopKind.Throttled)]
    [InlineData(SmtpMoment.Auth, "454 4.7.0 Temporary authentication failure", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Auth, "451 4.7.0 Temporary server error. Please try again later. PRX4", StopKind.Unreachable)]
    [InlineData(SmtpMoment.Auth, "535 5.7.3 Authentication unsuccessful", StopKind.Configuration)]
    [InlineData(SmtpMoment.Auth, "554 5.9.9 new", StopKind.Configuration)]
    [InlineData(SmtpMoment.Auth, "what is this", StopKind.Unreachable)]
    public async Task A_server_that_turns_the_connection_away_stops_the_mailbox_by_its_reason(SmtpMoment moment, string reply, StopKind expected)
    {
        Smtp.Script = SmtpScript.Exchange.Answer(moment, reply);

        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => fixture.Lab.OpenAsync());

        Assert.Equal(expected, StopKinds.Of(failed.Findings[0].Code));
    }

    public static TheoryData<SmtpMoment, SmtpBehaviour, string> Breaks()
    {
        var rows = new TheoryData<SmtpMoment, SmtpBehaviour, string>();
        foreach (var moment in new[] { SmtpMoment.Mail, SmtpMoment.Rcpt, SmtpMoment.Data, SmtpMoment.Content })
        {
            foreach (var behaviour in new[] { SmtpBehaviour.Drop, SmtpBehaviour.Stall, SmtpBehaviour.HalfReply, SmtpBehaviour.EndlessLine })
            {
                rows.Add(moment, behaviour, (moment, behaviour) switch
                {
                    (SmtpMoment.Content, _) => "in doubt link-lost",
                    (_, SmtpBehaviour.EndlessLine) => "stopped Unreachable",
                    _ => "stopped Unreachable link-lost",
                });
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_link_that_breaks_leaves_a_doubt_after_the_dot_and_nothing_before_it(SmtpMoment moment, SmtpBehaviour behaviour, string expected)
    {
        Smtp.Script = SmtpScript.Exchange.At(moment, behaviour);
        await using var session = await fixture.Lab.OpenAsync();
        var messages = Smtp.Messages.Count;

        var sending = session.SendAsync(Mails.To("anna@contoso.com"), Ct);
        await TimeOutAsync(sending, behaviour);

        Assert.StartsWith(expected, (await sending.WaitAsync(Ct)).InShort(), StringComparison.Ordinal);
        Assert.False(session.Usable);
        Assert.Equal(messages + (moment == SmtpMoment.Content ? 1 : 0), Smtp.Messages.Count);
    }

    [Theory]
    [InlineData(SmtpBehaviour.Drop)]
    [InlineData(SmtpBehaviour.Stall)]
    public async Task A_link_that_breaks_amid_the_content_is_this_messages_trouble(SmtpBehaviour behaviour)
    {
        Smtp.Script = SmtpScript.Exchange.At(SmtpMoment.InContent, behaviour);
        await using var session = await fixture.Lab.OpenAsync();

        // More than the buffers on the way hold.
        var sending = session.SendAsync(Mails.Saying(string.Concat(Enumerable.Repeat("0123456789\r\n", 2_000_000))), Ct);
        await TimeOutAsync(sending, behaviour);

        Assert.Equal("later link-lost", (await sending.WaitAsync(Ct)).InShort());
        Assert.False(session.Usable);
    }

    [Theory]
    [InlineData(SmtpMoment.Mail, "421 4.3.2 Service not active", "stopped Throttled server-busy", false)]
    [InlineData(SmtpMoment.Mail, "450 4.9.9 new", "later server-busy", true)]
    [InlineData(SmtpMoment.Mail, "550 5.9.9 new", "stopped Configuration sender-refused", true)]
    [InlineData(SmtpMoment.Mail, "503 5.5.1 Bad sequence", "stopped Unreachable sender-refused", false)]
    [InlineData(SmtpMoment.Mail, "what is this", "stopped Unreachable not-mail-server", false)]
    [InlineData(SmtpMoment.Rcpt, "421 4.3.2 Service not active", "stopped Throttled server-busy", false)]
    [InlineData(SmtpMoment.Rcpt, "450 4.2.0 Greylisted", "later server-busy", true)]
    [InlineData(SmtpMoment.Rcpt, "550 5.9.9 new", "rejected recipient-rejected", true)]
    [InlineData(SmtpMoment.Rcpt, "what is this", "stopped Unreachable not-mail-server", false)]
    [InlineData(SmtpMoment.Data, "421 4.3.2 Service not active", "stopped Throttled server-busy", false)]
    [InlineData(SmtpMoment.Data, "451 4.9.9 new", "later server-busy", true)]
    [InlineData(SmtpMoment.Data, "554 5.9.9 new", "rejected message-refused", true)]
    [InlineData(SmtpMoment.Data, "250 fine", "stopped Unreachable not-mail-server", false)]
    [InlineData(SmtpMoment.Data, "what is this", "stopped Unreachable not-mail-server", false)]
    [InlineData(SmtpMoment.Content, "421 4.3.2 Service not active", "stopped Throttled server-busy", false)]
    [InlineData(SmtpMoment.Content, "451 4.9.9 new", "later server-busy", true)]
    [InlineData(SmtpMoment.Content, "554 5.9.9 new", "rejected message-refused", true)]
    [InlineData(SmtpMoment.Content, "251 have it", "accepted", true)]
    [InlineData(SmtpMoment.Content, "354 more", "in doubt link-lost", false)]
    [InlineData(SmtpMoment.Content, "what is this", "in doubt link-lost", false)]
    public async Task An_unknown_reply_is_told_by_its_class_and_stage(SmtpMoment moment, string reply, string expected, bool usable)
    {
        Smtp.Script = SmtpScript.Exchange.Answer(moment, reply);
        await using var session = await fixture.Lab.OpenAsync();

        Assert.Equal(expected, (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
        Assert.Equal(usable, session.Usable);
    }

    [Fact]
    public async Task A_message_after_a_refused_one_goes_over_the_same_connection()
    {
        var refusals = new Dictionary<SmtpMoment, string> { [SmtpMoment.Rcpt] = "550 5.9.9 new", [SmtpMoment.Data] = "451 4.9.9 new", [SmtpMoment.Content] = "554 5.9.9 new" };
        foreach (var (moment, reply) in refusals)
        {
            var refuse = true;
            Smtp.Script = SmtpScript.Exchange with { Instead = at => at == moment && refuse ? reply : null };
            await using var session = await fixture.Lab.OpenAsync();
            var connections = Smtp.Connections;

            Assert.NotEqual("accepted", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
            refuse = false;

            Assert.Equal("accepted", (await session.SendAsync(Mails.To("bea@contoso.com"), Ct)).InShort());
            Assert.Equal(connections, Smtp.Connections);
        }
    }

    [Theory]
    [InlineData(SmtpBehaviour.Drop)]
    [InlineData(SmtpBehaviour.Stall)]
    [InlineData(SmtpBehaviour.HalfReply)]
    public async Task A_server_that_refuses_and_then_falls_silent_has_refused(SmtpBehaviour behaviour)
    {
        Smtp.Script = SmtpScript.Exchange.Answer(SmtpMoment.Content, "554 5.9.9 new").At(SmtpMoment.Rset, behaviour);
        await using var session = await fixture.Lab.OpenAsync();

        var sending = session.SendAsync(Mails.To("anna@contoso.com"), Ct);
        await TimeOutAsync(sending, behaviour);

        Assert.Equal("rejected message-refused", (await sending.WaitAsync(Ct)).InShort());
        Assert.False(session.Usable);
    }

    [Fact]
    public async Task Replies_byte_by_byte_are_read_all_the_same()
    {
        Smtp.Script = Enum.GetValues<SmtpMoment>().Where(m => m != SmtpMoment.InContent).Aggregate(SmtpScript.Exchange, (s, moment) => s.At(moment, SmtpBehaviour.ByteByByte));
        await using var session = await fixture.Lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
        Assert.True(session.Usable);
    }

    // Each step has the Timeout of the settings, so once the server says nothing more, all of them together take a while.
    private async Task TimeOutAsync(Task task, SmtpBehaviour behaviour)
    {
        if (behaviour != SmtpBehaviour.Stall)
        {
            return;
        }

        await Smtp.Script.Stalled.Task.WaitAsync(Ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TestTimeouts.Step);
        while (!task.IsCompleted)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(5));
            // What the timers started needs real time to reach its next wait.
            await Task.Delay(1, limit.Token);
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

        public Lab Lab { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Lab = await Lab.StartAsync(time: Time);

        public ValueTask DisposeAsync() => Lab.DisposeAsync();
    }
}
