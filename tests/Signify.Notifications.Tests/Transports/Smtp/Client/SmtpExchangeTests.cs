using System.Text;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Transports;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp.Client;

/// <summary>Commands that leave together (RFC 2920), and what is to be seen to when one of them is refused.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SmtpExchangeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sender_recipient_and_data_leave_together()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());

        Assert.Equal([("MAIL", false), ("RCPT", true), ("DATA", true)], Envelope(lab.Smtp));
    }

    [Fact]
    public async Task A_server_that_takes_one_command_at_a_time_gets_one_at_a_time()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.EhloTls, "250-TEST Hello\r\n250-SIZE 1000000\r\n250 AUTH XOAUTH2"));
        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com", "bea@contoso.com"), Ct)).InShort());

        Assert.Equal([("MAIL", false), ("RCPT", false), ("RCPT", false), ("DATA", false)], Envelope(lab.Smtp));
    }

    [Fact]
    public async Task With_several_recipients_data_waits_until_all_are_taken()
    {
        var asked = 0;
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange with { Instead = at => at == SmtpMoment.Rcpt && ++asked == 4 ? "550 5.9.9 new" : null });
        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com", "bea@contoso.com"), Ct)).InShort());
        Assert.Equal("rejected recipient-rejected", (await session.SendAsync(Mails.To("anna@contoso.com", "carl@contoso.com"), Ct)).InShort());

        Assert.Equal([("MAIL", false), ("RCPT", true), ("RCPT", true), ("DATA", false), ("MAIL", false), ("RCPT", true), ("RCPT", true)], Envelope(lab.Smtp));
        Assert.Single(lab.Smtp.Messages);
        Assert.True(session.Usable);
    }

    [Fact]
    public async Task After_a_refusal_data_waits_so_that_a_server_counts_one_error_for_each()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Rcpt, "550 5.9.9 new"));
        await using var session = await lab.OpenAsync();

        Assert.Equal("rejected recipient-rejected", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
        Assert.Equal("rejected recipient-rejected", (await session.SendAsync(Mails.To("bea@contoso.com"), Ct)).InShort());

        Assert.Equal([("MAIL", false), ("RCPT", true), ("DATA", true), ("MAIL", false), ("RCPT", true)], Envelope(lab.Smtp));
    }

    [Theory]
    [InlineData(SmtpMoment.Mail, "stopped Configuration sender-refused")]
    [InlineData(SmtpMoment.Rcpt, "rejected recipient-rejected")]
    public async Task A_server_that_wants_content_for_nobody_gets_none_and_is_left(SmtpMoment moment, string expected)
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(moment, "550 5.9.9 new") with { AsksForContentOfNobody = true });
        await using var session = await lab.OpenAsync();

        Assert.Equal((expected, false), ((await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort(), session.Usable));
        await session.CloseAsync(Ct);

        Assert.Empty(lab.Smtp.Messages);
        Assert.Equal("DATA", lab.Smtp.Verbs[^1]);
    }

    [Fact]
    public async Task A_link_that_breaks_behind_a_refusal_leaves_the_refusal()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Mail, "550 5.9.9 new").At(SmtpMoment.Data, SmtpBehaviour.Drop) with { AsksForContentOfNobody = true });
        await using var session = await lab.OpenAsync();

        Assert.Equal(("stopped Configuration sender-refused", false), ((await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort(), session.Usable));
    }

    [Fact]
    public async Task A_message_called_back_behind_data_is_broken_off_before_the_dot()
    {
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();
        var looks = 0;

        var outcome = await session.SendAsync(Mails.To("anna@contoso.com") with { StillWanted = () => ++looks == 1 }, Ct);

        Assert.Equal(("withdrawn", false), (outcome.InShort(), session.Usable));
        await session.CloseAsync(Ct);
        Assert.Equal("accepted", (await (await lab.OpenAsync()).SendAsync(Mails.To("bea@contoso.com"), Ct)).InShort());
        Assert.Single(lab.Smtp.Messages);
    }

    [Fact]
    public async Task A_dot_behind_a_bare_line_feed_ends_no_message()
    {
        // Servers that take a bare line feed for the end of a line would take what follows for commands.
        const string Smuggled = "one\n.\nMAIL FROM:<eve@evil.example>\r\n";
        await using var lab = await Lab.StartAsync();
        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.Saying(Smuggled), Ct)).InShort());

        Assert.Equal(Encoding.UTF8.GetString(Mails.Bytes(Smuggled)).ReplaceLineEndings("\n"), Assert.Single(lab.Smtp.Messages));
        Assert.Equal([("MAIL", false), ("RCPT", true), ("DATA", true)], Envelope(lab.Smtp));
    }

    [Fact]
    public async Task A_reply_whose_lines_disagree_is_none()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Content, "250-fine\r\n550 and not"));
        await using var session = await lab.OpenAsync();

        Assert.Equal(("in doubt link-lost", false), ((await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort(), session.Usable));
    }

    [Fact]
    public async Task A_receipt_of_several_lines_is_kept_whole()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Content, "250-2.0.0 grüße\r\n250-\r\n250 queued as 7"));
        await using var session = await lab.OpenAsync();

        var accepted = Assert.IsType<SendOutcome.Accepted>(await session.SendAsync(Mails.To("anna@contoso.com"), Ct));

        Assert.Contains("grüße", accepted.Receipt, StringComparison.Ordinal);
        Assert.Contains("queued as 7", accepted.Receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_says_unasked_is_not_taken_for_the_answer_to_the_content()
    {
        // A proxy that answers DATA at once, and then passes on what the server behind it thinks of the recipient.
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Data, "354 go on\r\n451 4.9.9 not this one"));
        await using var session = await lab.OpenAsync();

        Assert.Equal(("later link-lost", false), ((await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort(), session.Usable));

        await session.CloseAsync(Ct);
        Assert.Empty(lab.Smtp.Messages);
    }

    [Fact]
    public async Task What_the_server_said_between_two_messages_is_no_answer_to_the_second()
    {
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange.Answer(SmtpMoment.Content, "250 2.0.0 taken\r\n250 2.0.0 taken"));
        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
        var second = Assert.IsType<SendOutcome.Stopped>(await session.SendAsync(Mails.To("bea@contoso.com"), Ct));

        Assert.Equal((StopKind.Unreachable, TimeSpan.Zero, false), (second.Kind, second.After, session.Usable));
        Assert.Single(lab.Smtp.Messages);
    }

    [Fact]
    public async Task The_farewell_to_a_connection_that_was_idle_is_no_word_about_the_mailbox()
    {
        var mails = 0;
        await using var lab = await Lab.StartAsync(SmtpScript.Exchange with { Instead = at => at == SmtpMoment.Mail && ++mails == 2 ? "421 4.3.2 Service not active" : null });
        await using var session = await lab.OpenAsync();

        Assert.Equal("accepted", (await session.SendAsync(Mails.To("anna@contoso.com"), Ct)).InShort());
        var second = Assert.IsType<SendOutcome.Stopped>(await session.SendAsync(Mails.To("bea@contoso.com"), Ct));

        Assert.Equal((StopKind.Unreachable, TimeSpan.Zero, false), (second.Kind, second.After, session.Usable));
    }

    [Fact]
    public async Task Nothing_goes_out_behind_a_time_that_is_up()
    {
        using var time = new CancellationTokenSource();
        var looks = 0;
        var mail = Mails.To("anna@contoso.com");
        await using var lab = await Lab.StartAsync();
        await using var dialogue = lab.Library.Get<SmtpRoad>().Open(lab.Settings());
        await dialogue.ConnectAsync(await dialogue.ResolveAsync(Ct), Ct);
        await dialogue.SecureAsync(Ct);
        using var submission = SmtpSubmission.Watched(
            mail with
            {
                StillWanted = () =>
                {
                    // Before the dot, as after a process stood still.
                    if (++looks == 2)
                    {
                        time.Cancel();
                    }

                    return true;
                },
            },
            EnvelopeAddress.TryRead(mail.From)!, [EnvelopeAddress.TryRead("anna@contoso.com")!], time.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialogue.SubmitAsync(submission));

        Assert.Equal((2, false), (looks, submission.MayHaveGone));
        Assert.Empty(lab.Smtp.Messages);
    }

    private static IEnumerable<(string Verb, bool Ahead)> Envelope(ScriptedSmtpServer server) =>
        server.Lines.Select(l => (l.Text.Split(' ')[0], l.Ahead)).Where(l => l.Item1 is "MAIL" or "RCPT" or "DATA");
}
