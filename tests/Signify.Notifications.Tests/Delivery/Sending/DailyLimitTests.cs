using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>A message with more recipients than the daily limit has left.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class DailyLimitTests
{
    private static readonly string FourMore = string.Join(", ", Enumerable.Range(1, 4).Select(i => $"cc{i}@contoso.com"));

    private readonly JumpTime _time = new();

    [Fact]
    public async Task It_waits_for_its_own_time_and_smaller_ones_pass()
    {
        await using var lab = await StartAsync();
        await lab.HandInAsync(7);
        await lab.DrainAsync();
        await lab.HandInAsync(1, cc: FourMore);
        await lab.HandInAsync(2);

        Assert.Equal(Drained.Idle, await lab.DrainAsync());

        var rows = await lab.RowsAsync();
        Assert.Equal([NotificationState.Scheduled, NotificationState.Sent, NotificationState.Sent], rows.Skip(7).Select(n => n.State));
        Assert.Equal(0, rows[7].Attempts);
        Assert.InRange(rows[7].DueAt - _time.GetUtcNow(), TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
        var shown = Assert.Single(await lab.AttemptsAsync(), a => a.NotificationId == rows[7].Id);
        Assert.Equal((AttemptOutcome.Deferred, FindingCode.DailyLimit), (shown.Outcome, shown.Code));
        Assert.Null((await lab.MailboxAsync()).WaitUntil);
    }

    [Fact]
    public async Task Smaller_ones_pass_it_once_and_then_the_mailbox_waits_for_it_and_shows_why()
    {
        await using var lab = await StartAsync();
        var began = _time.GetUtcNow();
        await lab.HandInAsync(4);
        await lab.DrainAsync();
        _time.Advance(TimeSpan.FromHours(12));
        await lab.HandInAsync(3);
        await lab.DrainAsync();
        await lab.HandInAsync(1, cc: FourMore);
        await lab.HandInAsync(3);
        await lab.DrainAsync();
        _time.Advance(TimeSpan.FromHours(12.01));
        await lab.HandInAsync(2);

        // Its time has come, and those that passed have used its room.
        await lab.DrainAsync();

        var mailbox = await lab.MailboxAsync();
        Assert.Equal(FindingCode.DailyLimit, mailbox.WaitCode);
        Assert.InRange(mailbox.WaitUntil!.Value, began.AddHours(36), began.AddHours(36.1));
        Assert.Equal(3, (await lab.RowsAsync()).Count(n => n is { State: NotificationState.Queued, Attempts: 0 }));
        _time.Advance(TimeSpan.FromHours(12));
        await lab.DrainAsync();
        Assert.Equal("r8@contoso.com", lab.Server.Accepted.ElementAt(10));
        Assert.Equal(["r12@contoso.com", "r13@contoso.com"], lab.Server.Accepted.Skip(11));
    }

    [Fact]
    public async Task One_with_more_recipients_than_the_whole_limit_goes_alone_when_the_window_is_empty()
    {
        await using var lab = await StartAsync();
        await lab.HandInAsync(1);
        await lab.DrainAsync();
        await lab.HandInAsync(1, cc: string.Join(", ", Enumerable.Range(1, 11).Select(i => $"cc{i}@contoso.com")));
        await lab.HandInAsync(1);
        await lab.DrainAsync();
        _time.Advance(TimeSpan.FromHours(24.01));

        await lab.DrainAsync();

        Assert.Equal(["r1@contoso.com", "r3@contoso.com", "r2@contoso.com"], lab.Server.Accepted);
    }

    // Ten recipients in a day and no other limit: no delay that a test would have to wait for.
    private Task<PumpLab> StartAsync() => PumpLab.StartAsync(SignIn.Token, time: _time, configuration: new Dictionary<string, string?>
    {
        ["Pace:ExchangeOnline:RecipientsPerDay"] = "10",
        ["Pace:ExchangeOnline:MessagesPerMinute"] = "0",
    });
}
