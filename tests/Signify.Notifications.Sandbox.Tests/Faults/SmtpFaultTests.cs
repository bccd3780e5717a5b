using System.Net.Sockets;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tests.Exchange;

namespace Signify.Notifications.Sandbox.Tests.Faults;

public sealed class SmtpFaultTests
{
    private const string Reply = "451 4.7.0 Temporary server error. Please try again later. PRX2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SmtpStage.Connect)]
    [InlineData(SmtpStage.Ehlo)]
    [InlineData(SmtpStage.StartTls)]
    [InlineData(SmtpStage.Auth)]
    [InlineData(SmtpStage.MailFrom)]
    [InlineData(SmtpStage.RcptTo)]
    [InlineData(SmtpStage.Data)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task A_stage_answers_what_it_was_told_so_many_times(SmtpStage stage)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Faults.Smtp(stage, SmtpFault.Answer(Reply), times: 1);

        Assert.Equal(Reply, await WalkAsync(sandbox, stage));
        Assert.NotEqual(Reply, await WalkAsync(sandbox, stage));
        Assert.Equal(stage == SmtpStage.EndOfData ? 1 : 0, sandbox.Host.Mail.Count);
    }

    [Theory]
    [InlineData(SmtpStage.Connect)]
    [InlineData(SmtpStage.MailFrom)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task A_stage_hangs_up_when_told_so(SmtpStage stage)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Faults.Smtp(stage, SmtpFault.Reset);

        Assert.Equal("", await WalkAsync(sandbox, stage));
        sandbox.Host.Faults.Clear();
        Assert.NotEqual("", await WalkAsync(sandbox, stage));
    }

    [Fact]
    public async Task The_link_breaks_after_the_message_is_taken()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Faults.Smtp(SmtpStage.EndOfData, SmtpFault.ResetAfterAccepting);

        Assert.Equal("", await WalkAsync(sandbox, SmtpStage.EndOfData));
        Assert.Equal(1, sandbox.Host.Mail.Count);
    }

    [Fact]
    public async Task A_stalled_stage_says_nothing_until_the_sandbox_stops()
    {
        RawSmtp smtp;
        Task<string> greeting;
        await using (var sandbox = await RunningSandbox.StartAsync())
        {
            sandbox.Host.Faults.Smtp(SmtpStage.Connect, SmtpFault.Silence);
            smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
            greeting = smtp.ReadReplyAsync();
        }

        Assert.Equal("421 4.3.2 Service not available", await greeting);
        await smtp.DisposeAsync();
    }

    [Fact]
    public void A_fault_by_chance_strikes_about_as_often_as_it_was_told()
    {
        var faults = new SandboxFaults(new Random(42));
        faults.Smtp(SmtpStage.EndOfData, SmtpFault.Reset, percent: 30);

        var struck = Enumerable.Range(0, 1000).Count(_ => faults.TakeSmtp(SmtpStage.EndOfData) is not null);

        Assert.InRange(struck, 250, 350);
        Assert.Equal(struck, Assert.Single(faults.All).Struck);
    }

    /// <summary>Goes to the stage and returns what was said there; empty when the server hung up.</summary>
    private static async Task<string> WalkAsync(RunningSandbox sandbox, SmtpStage stage)
    {
        try
        {
            return stage < SmtpStage.MailFrom ? await WalkToSignInAsync(sandbox, stage) : await WalkToTheEndAsync(sandbox, stage);
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            return "";
        }
    }

    private static async Task<string> WalkToSignInAsync(RunningSandbox sandbox, SmtpStage stage)
    {
        if (stage == SmtpStage.Auth)
        {
            await using var encrypted = await RawSmtp.ConnectOverTlsAsync(sandbox, Ct);
            return await encrypted.SendAsync("AUTH XOAUTH2 abcd");
        }

        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        var said = await smtp.ReadReplyAsync();
        foreach (var command in new[] { "EHLO localhost", "STARTTLS" }.Take((int)stage))
        {
            said = await smtp.SendAsync(command);
        }

        return said;
    }

    private static async Task<string> WalkToTheEndAsync(RunningSandbox sandbox, SmtpStage stage)
    {
        await using var smtp = await RawSmtp.SignInAsync(sandbox, Ct);
        string[] commands = ["MAIL FROM:<notifications@contoso.com>", "RCPT TO:<a@example.com>", "DATA", "From: notifications@contoso.com\r\n\r\nx\r\n."];
        var said = "";
        foreach (var command in commands.Take(stage - SmtpStage.MailFrom + 1))
        {
            said = await smtp.SendAsync(command);
        }

        return said;
    }
}
