using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class MailboxPumpTests
{
    private static readonly Finding NoSuchPerson = new(FindingCode.RecipientRejected, "No such person.", "Check the address.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_sent_once_each_over_kept_connections()
    {
        await using var lab = await PumpLab.StartAsync();
        var mailing = await lab.HandInAsync(200);

        await lab.DrainAsync();

        Assert.Equal(200, lab.Server.Accepted.Distinct().Count());
        Assert.Equal(200, lab.Server.Arrived.Count);
        Assert.InRange(lab.Server.Opened, 1, 3);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
        Assert.Equal(200, (await lab.MailingAsync(mailing)).Sent);
        Assert.All(await lab.AttemptsAsync(), a => Assert.Equal((1, AttemptOutcome.Sent, "250 2.0.0 OK"), (a.Number, a.Outcome, a.Words)));
    }

    [Fact]
    public async Task A_few_messages_go_over_one_connection()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(4);

        await lab.DrainAsync();

        Assert.Equal(1, lab.Server.Opened);
        Assert.Equal(["r1@contoso.com", "r2@contoso.com", "r3@contoso.com", "r4@contoso.com"], lab.Server.Accepted);
    }

    [Fact]
    public async Task An_owner_that_was_overtaken_claims_nothing()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(5);
        await using var frozen = await lab.TakeOverAsync();
        await using var next = await lab.TakeOverAsync();

        Assert.Equal(Drained.NotOwner, await frozen.DrainAsync(Ct));
        Assert.Empty(await lab.Parts.Outbox.ClaimAsync(PumpLab.MailboxId, 1, 10, Ct));

        Assert.Empty(lab.Server.Arrived);
        await next.DrainAsync(Ct);
        Assert.Equal(5, lab.Server.Arrived.Count);
    }

    [Fact]
    public async Task An_owner_that_is_overtaken_in_mid_batch_sends_at_most_the_one_on_its_way()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Large);
        await lab.HandInAsync(4);
        var taken = false;
        lab.Server.Before = async _ =>
        {
            if (!taken)
            {
                taken = true;
                // The message of this moment is on its way; the new owner sweeps all the others up.
                await using var thief = await lab.TakeOverAsync();
                await lab.Parts.Outbox.SweepAsync(PumpLab.MailboxId, 2, Ct);
            }
        };

        await lab.DrainAsync();

        Assert.Single(lab.Server.Arrived);
        var rows = await lab.RowsAsync();
        // It went, and the frozen owner could say so in time: no one sends it again.
        Assert.Equal([NotificationState.Sent, NotificationState.Queued, NotificationState.Queued, NotificationState.Queued], rows.Select(r => r.State));
    }

    [Theory]
    [InlineData(OnDoubt.Resend, NotificationState.Sent)]
    [InlineData(OnDoubt.Hold, NotificationState.InDoubt)]
    public async Task What_was_on_its_way_when_a_process_died_is_in_doubt_and_the_rest_is_not(OnDoubt onDoubt, NotificationState expected)
    {
        await using var lab = await PumpLab.StartAsync();
        var mailing = await lab.HandInAsync(3, onDoubt: onDoubt);
        var dead = await lab.TakeOverAsync();
        var claimed = await lab.Parts.Outbox.ClaimAsync(PumpLab.MailboxId, 1, 3, Ct);
        Assert.True(await lab.Parts.Record.WriteAsync(null, claimed[0], durable: true));

        await lab.DrainAsync();

        await dead.DisposeAsync();
        var rows = await lab.RowsAsync();
        Assert.Equal([expected, NotificationState.Sent, NotificationState.Sent], rows.Select(n => n.State));
        Assert.Equal(onDoubt == OnDoubt.Resend ? 2 : 1, rows[0].Attempts);
        Assert.Equal([1, 1], rows.Skip(1).Select(n => n.Attempts));
        var doubt = (await lab.AttemptsAsync()).First(a => a.NotificationId == rows[0].Id);
        Assert.Equal(AttemptOutcome.InDoubt, doubt.Outcome);
        Assert.Contains("may have been delivered", doubt.Words, StringComparison.Ordinal);
        Assert.Equal(onDoubt == OnDoubt.Hold ? (2, 1) : (3, 0), ((await lab.MailingAsync(mailing)).Sent, (await lab.MailingAsync(mailing)).InDoubt));
    }

    [Fact]
    public async Task A_resent_message_keeps_its_message_id()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(1);
        lab.Server.Answer = _ => new SendOutcome.InDoubt(new Finding(FindingCode.LinkLost, "The link broke.", "Look."), null);
        await lab.DrainAsync();
        lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
        await lab.ChangeAsync(db => db.Set<Notification>().ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, DateTimeOffset.UnixEpoch), Ct));

        await lab.DrainAsync();

        Assert.Equal(2, lab.Server.Arrived.Count);
        Assert.Single(lab.Server.Arrived.Select(a => a.MessageId).Distinct());
        Assert.Equal([AttemptOutcome.InDoubt, AttemptOutcome.Sent], (await lab.AttemptsAsync()).Select(a => a.Outcome));
    }

    [Fact]
    public async Task One_bad_recipient_fails_alone()
    {
        await using var lab = await PumpLab.StartAsync();
        var mailing = await lab.HandInAsync(10);
        lab.Server.Answer = a => a.To.StartsWith("r4@", StringComparison.Ordinal) ? new SendOutcome.Rejected(NoSuchPerson, "550 5.1.1 unknown") : new SendOutcome.Accepted("250 OK");

        await lab.DrainAsync();

        var failed = Assert.Single(await lab.RowsAsync(), n => n.State == NotificationState.Failed);
        Assert.Equal("r4@contoso.com", failed.To);
        Assert.Equal("550 5.1.1 unknown", (await lab.AttemptsAsync()).Single(a => a.NotificationId == failed.Id).Words);
        Assert.Equal((9, 1), ((await lab.MailingAsync(mailing)).Sent, (await lab.MailingAsync(mailing)).Failed));
        Assert.Equal(Hold.None, (await lab.MailboxAsync()).Hold);
    }

    [Fact]
    public async Task Three_identical_refusals_of_different_recipients_hold_the_queue()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(20);
        lab.Server.Answer = _ => new SendOutcome.Rejected(NoSuchPerson, "550 5.1.1 unknown");

        await lab.DrainAsync();

        Assert.Equal(Hold.RepeatedRefusals, (await lab.MailboxAsync()).Hold);
        // One connection each may have had one more on its way.
        Assert.InRange(lab.Server.Arrived.Count, 3, 5);
        Assert.All((await lab.RowsAsync()).Where(n => n.State != NotificationState.Failed), n => Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task Different_refusals_do_not_hold_the_queue()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Small);
        await lab.HandInAsync(4);
        var count = 0;
        lab.Server.Answer = _ => new SendOutcome.Rejected(NoSuchPerson, $"550 5.1.{++count} no");

        await lab.DrainAsync();

        Assert.Equal(Hold.None, (await lab.MailboxAsync()).Hold);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal(NotificationState.Failed, n.State));
    }

    [Fact]
    public async Task A_fault_of_the_configuration_holds_the_ruleset_uses_up_no_attempt_and_ends_with_a_passing_check()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(10);
        lab.Server.Answer = _ => new SendOutcome.Stopped(StopKind.Configuration, new Finding(FindingCode.SendAsDenied, "May not send as.", "Mend it."), "554 5.2.252 denied", null);

        await lab.DrainAsync();
        await lab.DrainAsync();

        var mailbox = await lab.MailboxAsync();
        Assert.Equal((Hold.Configuration, FindingCode.SendAsDenied), (mailbox.Hold, mailbox.HoldCode));
        Assert.Contains("554 5.2.252", mailbox.HoldWords, StringComparison.Ordinal);
        Assert.InRange(lab.Server.Arrived.Count, 1, 3);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
        await using (var db = lab.Library.NewContext())
        {
            Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(e => e.Action == AuditAction.SendingHeld, Ct));
        }

        lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
        await lab.ActivateAsync(SignIn.None);
        await lab.DrainAsync();

        Assert.Equal(Hold.None, (await lab.MailboxAsync()).Hold);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task A_throttling_server_halves_the_pace_and_is_left_alone_for_as_long_as_it_asks()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(10);
        lab.Server.Answer = _ => new SendOutcome.Stopped(StopKind.Throttled, new Finding(FindingCode.TooManyConnections, "Too many.", "Wait."), "432 4.3.2", TimeSpan.FromSeconds(77));
        var before = TimeProvider.System.GetUtcNow();

        await lab.DrainAsync();

        var mailbox = await lab.MailboxAsync();
        Assert.Equal(0.5, mailbox.PaceShare, 2);
        Assert.InRange(mailbox.WaitUntil!.Value, before.AddSeconds(77), TimeProvider.System.GetUtcNow().AddSeconds(97));
        Assert.InRange(lab.Server.Arrived.Count, 1, 3);
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
    }

    [Fact]
    public async Task A_transient_refusal_is_tried_again_later_and_others_go_on()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(5);
        lab.Server.Answer = a => a.To.StartsWith("r1@", StringComparison.Ordinal)
            ? new SendOutcome.RetryLater(new Finding(FindingCode.ServerBusy, "Busy.", "Wait."), "451 4.3.0 later", null)
            : new SendOutcome.Accepted("250 OK");

        var before = TimeProvider.System.GetUtcNow();

        await lab.DrainAsync();

        var rows = await lab.RowsAsync();
        Assert.Equal((NotificationState.Scheduled, 1), (rows[0].State, rows[0].Attempts));
        Assert.InRange(rows[0].DueAt, before.AddSeconds(40), TimeProvider.System.GetUtcNow().AddSeconds(75));
        Assert.All(rows.Skip(1), n => Assert.Equal(NotificationState.Sent, n.State));
    }

    [Fact]
    public async Task After_the_last_attempt_it_fails()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(1);
        lab.Server.Answer = _ => new SendOutcome.RetryLater(new Finding(FindingCode.ServerBusy, "Busy.", "Wait."), "451 4.3.0 later", null);

        for (var attempt = 1; attempt <= RetrySchedule.MostAttempts; attempt++)
        {
            await lab.ChangeAsync(db => db.Set<Notification>().ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, DateTimeOffset.UnixEpoch), Ct));
            await lab.DrainAsync();
        }

        Assert.Equal((NotificationState.Failed, RetrySchedule.MostAttempts), ((await lab.RowsAsync())[0].State, (await lab.RowsAsync())[0].Attempts));
        Assert.Equal(RetrySchedule.MostAttempts, (await lab.AttemptsAsync()).Count);
    }

    [Fact]
    public async Task What_is_not_due_waits_and_what_came_too_late_expires()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(1, notBefore: TimeProvider.System.GetUtcNow().AddHours(1));
        await lab.HandInAsync(1, notBefore: TimeProvider.System.GetUtcNow().AddHours(-1));
        var late = await lab.HandInAsync(1, expiresAt: TimeProvider.System.GetUtcNow().AddMinutes(-1));

        await lab.DrainAsync();

        Assert.Equal([NotificationState.Scheduled, NotificationState.Sent, NotificationState.Expired], (await lab.RowsAsync()).Select(n => n.State));
        Assert.Equal(1, (await lab.MailingAsync(late)).Expired);
    }

    [Fact]
    public async Task A_hold_is_obeyed_just_before_the_message()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Large);
        await lab.HandInAsync(100);
        lab.Server.Answer = a =>
        {
            if (lab.Server.Arrived.IsEmpty)
            {
                using var db = lab.Library.NewContext();
                db.Set<Mailbox>().ExecuteUpdate(set => set.SetProperty(m => m.Hold, Hold.Person).SetProperty(m => m.ControlVersion, m => m.ControlVersion + 1));
                // The look is a tenth of a second old at most.
                SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(150));
            }

            return new SendOutcome.Accepted("250 OK");
        };

        await lab.DrainAsync();

        Assert.InRange(lab.Server.Arrived.Count, 1, 30);
        Assert.Equal(100 - lab.Server.Arrived.Count, (await lab.RowsAsync()).Count(n => n is { State: NotificationState.Queued, Attempts: 0 }));
    }

    [Fact]
    public async Task A_change_of_settings_takes_effect_at_the_next_message()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Small);
        await lab.HandInAsync(4);
        lab.Server.Answer = a =>
        {
            if (lab.Server.Arrived.IsEmpty)
            {
                lab.ActivateAsync(SignIn.None, BatchSize.Small, "new.example").GetAwaiter().GetResult();
                SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(150));
            }

            return new SendOutcome.Accepted("250 OK");
        };

        await lab.DrainAsync();

        Assert.Equal(["relay.example", "new.example", "new.example", "new.example"], lab.Server.Arrived.Select(a => a.Settings.ServerName));
        Assert.Equal(4, lab.Server.Accepted.Distinct().Count());
    }

    [Fact]
    public async Task An_urgent_message_overtakes_a_large_mailing()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Small);
        await lab.HandInAsync(200);
        var handingIn = new Lazy<Task>(() => lab.HandInAsync(1, Priority.Urgent));
        // All connections wait for it: how long a hand-in takes is not what is asked.
        lab.Server.Before = _ => lab.Server.Arrived.Count >= 20 ? handingIn.Value : Task.CompletedTask;

        await lab.DrainAsync();

        // Two batches may be in hand, and a third one claimed. Begun, not ended: one that has begun may be slow.
        await using var db = lab.Library.NewContext();
        var urgent = await db.Set<Notification>().SingleAsync(n => n.To == "r201@contoso.com", Ct);
        var begun = await db.Set<Attempt>().OrderBy(a => a.StartedAt).Select(a => a.NotificationId).ToListAsync(Ct);
        Assert.InRange(begun.IndexOf(urgent.Id), 20, 50);
    }

    [Fact]
    public async Task Mailings_take_turns()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Small);
        await lab.HandInAsync(300);
        await lab.HandInAsync(30);

        await lab.DrainAsync();

        var last = lab.Server.Accepted.Select((to, i) => (Number: int.Parse(to[1..to.IndexOf('@', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture), i))
            .Where(a => a.Number > 300).Max(a => a.i);
        Assert.InRange(last, 30, 90);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_while_idle_is_opened_anew_at_once()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(1);
        await using var pump = await lab.TakeOverAsync();
        await pump.DrainAsync(Ct);
        await lab.HandInAsync(1);
        var broken = false;
        lab.Server.Answer = _ =>
        {
            if (!broken)
            {
                broken = true;
                return new SendOutcome.Stopped(StopKind.Unreachable, new Finding(FindingCode.LinkLost, "Broken.", "Again."), null, null);
            }

            return new SendOutcome.Accepted("250 OK");
        };

        await pump.DrainAsync(Ct);

        Assert.All(await lab.RowsAsync(), n => Assert.Equal(NotificationState.Sent, n.State));
        Assert.Null((await lab.MailboxAsync()).WaitUntil);
    }

    [Fact]
    public async Task A_road_that_does_not_open_makes_the_mailbox_wait_longer_and_longer()
    {
        await using var lab = await PumpLab.StartAsync();
        await lab.HandInAsync(1);
        lab.Server.Opening = () => throw new TransportUnavailableException(new Finding(FindingCode.ConnectionRefused, "Refused.", "Look."));
        var waits = new List<TimeSpan>();

        for (var i = 0; i < 3; i++)
        {
            await lab.ChangeAsync(db => db.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(m => m.WaitUntil, (DateTimeOffset?)null), Ct));
            await lab.DrainAsync();
            waits.Add((await lab.MailboxAsync()).WaitUntil!.Value - TimeProvider.System.GetUtcNow());
        }

        Assert.True(waits[0] < waits[1] && waits[1] < waits[2], string.Join(", ", waits));
        Assert.Equal((NotificationState.Queued, 0), ((await lab.RowsAsync())[0].State, (await lab.RowsAsync())[0].Attempts));
    }
}
