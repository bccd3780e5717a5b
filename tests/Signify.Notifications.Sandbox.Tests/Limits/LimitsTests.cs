using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Sandbox.Exchange;
using Signify.Notifications.Sandbox.Limits;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Tenants;
using Signify.Notifications.Sandbox.Tests.Exchange;

namespace Signify.Notifications.Sandbox.Tests.Limits;

public sealed class LimitsTests
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fourth_connection_is_refused_until_one_of_the_three_ends()
    {
        await using var sandbox = await StartAsync();
        using var one = await SignInAsync(sandbox);
        using var two = await SignInAsync(sandbox);
        using var three = await SignInAsync(sandbox);

        var refused = await Assert.ThrowsAsync<AuthenticationException>(() => SignInAsync(sandbox));
        Assert.StartsWith(
            "432: 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [Hostname=",
            refused.Message,
            StringComparison.Ordinal);
        Assert.Equal(1, sandbox.Host.Limits.TooMany);

        await three.DisconnectAsync(true, Ct);
        using var four = await SignInAsync(sandbox);
        Assert.True(four.IsAuthenticated);
    }

    [Fact]
    public async Task The_31st_message_is_held_back_until_there_is_room()
    {
        var mail = new SandboxMailStore(_time);
        var limits = new SubmissionLimits(new SandboxOptions { EnforceLimits = true }, _time);
        var store = new StoreDriver(mail, limits, _time);
        for (var i = 0; i < 30; i++)
        {
            await SubmitAsync(store);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var held = SubmitAsync(store);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal((false, 30), (held.IsCompleted, mail.Count));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("250 2.0.0 OK", await held, StringComparison.Ordinal);
        Assert.Equal((31, 1), (mail.Count, limits.TooFast));
    }

    [Fact]
    public async Task Switched_off_they_hold_nothing_back_and_count_nothing()
    {
        var limits = new SubmissionLimits(new SandboxOptions { EnforceLimits = true }, _time) { Enforced = false };
        var store = new StoreDriver(new SandboxMailStore(_time), limits, _time);
        for (var i = 0; i < 100; i++)
        {
            await SubmitAsync(store);
            Assert.NotNull(limits.TakeConnection("a@contoso.com"));
        }

        Assert.Equal((0, 0), (limits.TooFast, limits.TooMany));
    }

    [Fact]
    public async Task The_31st_message_is_refused_where_that_is_wanted()
    {
        await using var sandbox = await StartAsync(options => options.TooFast = TooFast.Refuse);
        using var client = await SignInAsync(sandbox);
        for (var i = 0; i < 30; i++)
        {
            await client.SendAsync(Messages.New("in time"), Ct);
        }

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Messages.New("31st"), Ct));
        Assert.StartsWith("4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", refused.Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(1));
        await client.SendAsync(Messages.New("32nd"), Ct);
        Assert.Equal((31, 1), (sandbox.Host.Mail.Count, sandbox.Host.Limits.TooFast));
    }

    [Fact]
    public void The_day_holds_10000_recipients_and_slides()
    {
        var limits = new SubmissionLimits(new SandboxOptions { EnforceLimits = true }, _time);

        for (var i = 0; i < 20; i++)
        {
            Assert.False(limits.Submit("a@contoso.com", 500).OverQuota);
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.True(limits.Submit("a@contoso.com", 1).OverQuota);
        Assert.False(limits.Submit("b@contoso.com", 1).OverQuota);
        _time.Advance(TimeSpan.FromHours(4));
        Assert.False(limits.Submit("A@contoso.com", 500).OverQuota);
        Assert.True(limits.Submit("a@contoso.com", 1).OverQuota);
        Assert.Equal(2, limits.OverQuota);
    }

    [Fact]
    public async Task A_silent_connection_is_closed_after_its_time()
    {
        await using var sandbox = await StartAsync();
        await using var smtp = await RawSmtp.ConnectAsync(sandbox, Ct);
        await smtp.ReadReplyAsync();

        var last = smtp.ReadReplyAsync();
        while (!last.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal("421 4.4.1 Connection timed out", await last);
    }

    private static Task<string> SubmitAsync(StoreDriver store)
    {
        var transaction = new SmtpTransaction(ReadyMadeTenants.Sender, 1000) { Recipients = { "a@example.com" } };
        transaction.Message.Append("From: notifications@contoso.com\r\n\r\n"u8);
        var tenant = ReadyMadeTenants.All[0];
        var sender = new SignedInMailbox(tenant, ReadyMadeApps.Granted, tenant.FindMailbox(ReadyMadeTenants.Sender)!);
        return store.SubmitAsync(sender, transaction, new SmtpReplies(TimeProvider.System), Ct);
    }

    private static Task<SmtpClient> SignInAsync(RunningSandbox sandbox) => sandbox.SignInAsync(ReadyMadeApps.Granted, ReadyMadeTenants.Sender, Ct);

    private Task<RunningSandbox> StartAsync(Action<SandboxOptions>? configure = null) => RunningSandbox.StartAsync(_time, options =>
    {
        options.EnforceLimits = true;
        configure?.Invoke(options);
    });
}
