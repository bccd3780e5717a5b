using System.Text;
using MailKit.Net.Smtp;
using MimeKit;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Tests.Exchange;

public sealed class SubmissionTests(RunningSandbox sandbox)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_byte_for_byte()
    {
        using var client = await SignInAsync();
        var message = Messages.New($"{Guid.NewGuid()}");

        var receipt = await client.SendAsync(message, Ct);

        var arrived = await sandbox.Host.Mail.WaitForAsync(m => m.Subject == message.Subject, Ct);
        using var sent = new MemoryStream();
        message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, sent, Ct);
        Assert.Equal(Encoding.UTF8.GetString(sent.ToArray()).TrimEnd(), Encoding.UTF8.GetString(arrived.Source.Span).TrimEnd());
        Assert.Equal((MailRoute.Smtp, ReadyMadeTenants.Sender, "anna@example.com"), (arrived.Route, arrived.From, Assert.Single(arrived.To)));
        Assert.StartsWith($"2.0.0 OK <{message.MessageId}> [Hostname=", receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DATA_undoes_dot_stuffing_and_ends_at_CRLF_dot_CRLF_only()
    {
        await using var smtp = await SignedInAsync();
        await StartAsync(smtp);
        await smtp.SendAsync("DATA");

        var subject = $"{Guid.NewGuid()}";
        await smtp.WriteAsync($"From: notifications@contoso.com\r\nSubject: {subject}\r\n\r\n..one\r\n.two\r\n.\rx\r\nend\r\n.\r\n");

        Assert.StartsWith("250 2.0.0 OK ", await smtp.ReadReplyAsync(), StringComparison.Ordinal);
        var arrived = await sandbox.Host.Mail.WaitForAsync(m => m.Subject == subject, Ct);
        Assert.EndsWith("\r\n\r\n.one\r\ntwo\r\n\rx\r\nend\r\n", Encoding.ASCII.GetString(arrived.Source.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n.\n")]
    [InlineData("\r\n.\n")]
    [InlineData("\n.\r\n")]
    public async Task A_second_message_cannot_be_smuggled_in_behind_bare_line_feeds(string falseEnd)
    {
        await using var smtp = await SignedInAsync();
        await StartAsync(smtp);
        await smtp.SendAsync("DATA");

        await smtp.WriteAsync($"From: notifications@contoso.com\r\n\r\nhello{falseEnd}MAIL FROM:<x@contoso.com>\r\n.\r\n");

        Assert.StartsWith("550 5.6.11 ", await smtp.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("250 2.0.0 OK", await smtp.SendAsync("NOOP"));
    }

    [Fact]
    public async Task Chunks_are_put_together()
    {
        await using var smtp = await SignedInAsync();
        await StartAsync(smtp);
        var subject = $"{Guid.NewGuid()}";
        var first = $"From: notifications@contoso.com\r\nSubject: {subject}\r\n\r\n";

        await smtp.WriteAsync($"BDAT {first.Length}\r\n{first}");
        Assert.Equal($"250 2.6.0 CHUNK received OK, {first.Length} octets", await smtp.ReadReplyAsync());
        await smtp.WriteAsync("BDAT 6 LAST\r\n.\r\n\nxyNOOP\r\n");

        Assert.StartsWith("250 2.0.0 OK ", await smtp.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("250 2.0.0 OK", await smtp.ReadReplyAsync());
        var arrived = await sandbox.Host.Mail.WaitForAsync(m => m.Subject == subject, Ct);
        Assert.EndsWith("\r\n\r\n.\r\n\nxy", Encoding.ASCII.GetString(arrived.Source.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipelined_commands_are_answered_in_order()
    {
        await using var smtp = await SignedInAsync();

        await smtp.WriteAsync("MAIL FROM:<notifications@contoso.com> SIZE=1000 BODY=8BITMIME RET=HDRS\r\nRCPT TO:<a@example.com> NOTIFY=NEVER\r\nRCPT TO:<>\r\nRSET\r\n");

        Assert.Equal("250 2.1.0 Sender OK", await smtp.ReadReplyAsync());
        Assert.Equal("250 2.1.5 Recipient OK", await smtp.ReadReplyAsync());
        Assert.Equal("501 5.1.3 Invalid address", await smtp.ReadReplyAsync());
        Assert.Equal("250 2.0.0 Resetting", await smtp.ReadReplyAsync());
    }

    [Theory]
    [InlineData("MAIL FROM:<hr@contoso.com>", "550 5.7.60 SMTP; Client does not have permissions to send as this sender")]
    [InlineData("MAIL FROM:<notifications@contoso.com> SIZE=157286401", "552 5.3.4 Message size exceeds fixed maximum message size")]
    [InlineData("MAIL FROM:notifications@contoso.com", "501 5.5.4 Invalid arguments")]
    [InlineData("MAIL FROM:<notifications@contoso.com> NONSENSE=1", "501 5.5.4 Invalid arguments")]
    [InlineData("MAIL FROM:<nötig@contoso.com>", "501 5.1.7 Invalid address")]
    public async Task MAIL_is_refused_with_the_words_of_Exchange(string command, string reply)
    {
        await using var smtp = await SignedInAsync();

        Assert.StartsWith(reply, await smtp.SendAsync(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_From_header_of_someone_else_is_refused_at_the_end_of_data()
    {
        await using var smtp = await SignedInAsync();
        await StartAsync(smtp);
        await smtp.SendAsync("DATA");

        var reply = await smtp.SendAsync("From: Boss <hr@contoso.com>\r\n\r\nhello\r\n.");

        Assert.StartsWith(
            "554 5.2.252 SendAsDenied; notifications@contoso.com not allowed to send as hr@contoso.com; "
            + "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; "
            + "Failed to process message due to a permanent exception with message [BeginDiagnosticData]Cannot submit message",
            reply,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full@contoso.com", "5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded")]
    [InlineData("blocked@contoso.com", "5.1.8 Access denied, bad outbound sender")]
    [InlineData(ReadyMadeTenants.Unlicensed, "5.2.253 Sender throttled due to continuous invalid license errors.")]
    public async Task A_mailbox_that_may_not_send_says_why(string mailbox, string words)
    {
        using var client = await sandbox.SignInAsync(ReadyMadeApps.Granted, mailbox, Ct);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Messages.New("barred", mailbox), Ct));

        Assert.StartsWith(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_mailbox_limit_is_refused_and_not_kept()
    {
        var app = ReadyMadeApps.Granted with { ClientId = Guid.NewGuid() };
        var tenant = new SandboxTenant
        {
            Id = Guid.NewGuid(),
            Name = "Small",
            Domains = ["small.onmicrosoft.com"],
            Apps = [app],
            Mailboxes = [new() { Address = ReadyMadeTenants.Sender, MaxSendBytes = 100 }],
        };
        sandbox.Host.Directory.Put(tenant);
        using var client = await sandbox.SignInAsync(app, ReadyMadeTenants.Sender, Ct, tenant.Id);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Messages.New("too large"), Ct));

        Assert.StartsWith("5.2.3 STOREDRV.Submission.Exception:MessageSizeExceeded", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Host.Mail.Newest(1000), m => m.Subject == "too large");
    }

    private static async Task StartAsync(RawSmtp smtp)
    {
        await smtp.SendAsync("MAIL FROM:<notifications@contoso.com>");
        await smtp.SendAsync("RCPT TO:<anna@example.com>");
    }

    private Task<SmtpClient> SignInAsync() => sandbox.SignInAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender, Ct);

    private Task<RawSmtp> SignedInAsync() => RawSmtp.SignInAsync(sandbox, Ct);
}
