using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Transports;

using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>One message whose answer stops the mailbox again and again, and copies of a message whose fate is not known.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class RepeatedStopTests
{
    private static readonly Finding Busy = new(FindingCode.ServerBusy, "Busy.", "Wait.");

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData(StopKind.Throttled, "421 4.3.2 after DATA")]
    [InlineData(StopKind.Throttled, "451 4.7.0 after DATA")]
    [InlineData(StopKind.Unreachable, "503 5.5.1 Bad sequence")]
    public async Task A_message_that_stops_its_mailbox_each_time_fails_in_the_end_and_the_others_pass(StopKind kind, string reply)
    {
        await using var lab = await PumpLab.StartAsync(time: _time);
        await lab.HandInAsync(1);
        lab.Server.Answer = a => a.To == "r1@contoso.com"
            ? new SendOutcome.Stopped(kind, Busy, reply, null)
            : new SendOutcome.Accepted("250 OK");

        for (var round = 0; round < 100 && (await lab.RowsAsync())[0].State != NotificationState.Failed; round++)
        {
            await lab.HandInAsync(1);
            await DrainAndAdvanceAsync(lab);
        }

        await DrainAndAdvanceAsync(lab);
        var rows = await lab.RowsAsync();
        Assert.Equal((NotificationState.Failed, RetrySchedule.MostAttempts), (rows[0].State, rows[0].Attempts));
        Assert.All(rows.Skip(1), n => Assert.Equal(NotificationState.Sent, n.State));
        var attempts = (await lab.AttemptsAsync()).Where(a => a.NotificationId == rows[0].Id).Select(a => a.Outcome).ToList();
        Assert.Equal([AttemptOutcome.Stopped, AttemptOutcome.Stopped, AttemptOutcome.Deferred], attempts.Take(3));
        Assert.Equal(AttemptOutcome.Failed, attempts[^1]);
    }

    [Fact]
    public async Task While_no_other_message_passes_the_fault_is_the_mailboxs_and_uses_no_attempt()
    {
        await using var lab = await PumpLab.StartAsync(time: _time);
        await lab.HandInAsync(3);
        lab.Server.Answer = _ => new SendOutcome.Stopped(StopKind.Throttled, Busy, "421 4.3.2 later", null);

        for (var round = 0; round < 30; round++)
        {
            await DrainAndAdvanceAsync(lab);
        }

        Assert.InRange((await lab.AttemptsAsync()).Count, 10, 100);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal(0, n.Attempts));
        lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
        await DrainAndAdvanceAsync(lab);
        await DrainAndAdvanceAsync(lab);
        await DrainAndAdvanceAsync(lab);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task A_message_taken_for_the_cause_is_still_left_alone_for_as_long_as_its_answer_asks()
    {
        await using var lab = await PumpLab.StartAsync(time: _time);
        await lab.HandInAsync(2);
        var before = _time.GetUtcNow();
        lab.Server.Answer = a => a.To == "r1@contoso.com"
            ? new SendOutcome.Stopped(StopKind.Throttled, Busy, "HTTP 429", TimeSpan.FromSeconds(400))
            : new SendOutcome.Accepted("202");

        for (var round = 0; round < 20 && (await lab.RowsAsync())[0].Attempts == 0; round++)
        {
            before = _time.GetUtcNow();
            await DrainAndAdvanceAsync(lab);
        }

        Assert.Equal(1, (await lab.RowsAsync())[0].Attempts);
        Assert.Equal(before.AddSeconds(400), (await lab.MailboxAsync()).WaitUntil);
    }

    [Fact]
    public async Task An_unconfirmed_message_is_sent_again_twice_after_growing_pauses_and_then_left_to_the_administrator()
    {
        await using var lab = await PumpLab.StartAsync(time: _time);
        var mailing = await lab.HandInAsync(1);
        lab.Server.Answer = _ => new SendOutcome.InDoubt(Busy, "HTTP 504");
        var began = _time.GetUtcNow();
        var sentAt = new List<TimeSpan>();
        lab.Server.Before = _ =>
        {
            sentAt.Add(_time.GetUtcNow() - began);
            return Task.CompletedTask;
        };

        for (var round = 0; round < 10; round++)
        {
            await DrainAndAdvanceAsync(lab);
        }

        Assert.Equal([0, 5, 35], sentAt.Select(at => (int)at.TotalMinutes));
        Assert.Equal((NotificationState.InDoubt, 3), (await lab.RowsAsync()).Select(n => (n.State, n.Attempts)).Single());
        Assert.Equal(1, (await lab.MailingAsync(mailing)).InDoubt);
    }

    [Fact]
    public async Task A_server_that_answers_unconfirmed_and_asks_for_time_gets_it()
    {
        await using var lab = await PumpLab.StartAsync(time: _time);
        await lab.HandInAsync(2, onDoubt: OnDoubt.Hold);
        lab.Server.Answer = _ => new SendOutcome.InDoubt(Busy, "HTTP 504", TimeSpan.FromSeconds(77));

        await lab.DrainAsync();

        Assert.Single(lab.Server.Arrived);
        Assert.Equal(_time.GetUtcNow().AddSeconds(77), (await lab.MailboxAsync()).WaitUntil);
        Assert.Equal([NotificationState.InDoubt, NotificationState.Queued], (await lab.RowsAsync()).Select(n => n.State));
    }

    // Each time as a process of its own, so that nothing counts that is only in memory, and as soon as there is something to do.
    private async Task DrainAndAdvanceAsync(PumpLab lab)
    {
        await lab.DrainAsync();
        var now = _time.GetUtcNow();
        var wait = (await lab.MailboxAsync()).WaitUntil;
        var due = (await lab.RowsAsync()).Where(n => n.State == NotificationState.Scheduled).Select(n => (DateTimeOffset?)n.DueAt);
        _time.Advance((due.Append(wait).Where(at => at > now).Min() ?? now) - now);
    }
}
