using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>
/// A wait that a server asked for, or a fault requires, lasts as long as recorded: not shortened by a success, not lengthened by a
/// clock.
/// </summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class MailboxWaitTests
{
    private static readonly Finding Busy = new(FindingCode.ServerBusy, "Busy.", "Wait.");
    private static readonly Finding Lost = new(FindingCode.LinkLost, "The connection was lost.", "Check.");
    private static readonly SendOutcome Accepted = new SendOutcome.Accepted("250 OK");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_success_does_not_erase_the_wait_that_its_own_run_recorded()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await PumpLab.StartAsync(time: time);
        await lab.HandInAsync(2);
        // The mailbox waited before, so that a success has something to clear.
        await lab.ChangeAsync(db => db.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Waits, 3), Ct));
        lab.Server.Answer = a => a.To == "r1@contoso.com" ? Accepted : Throttled(TimeSpan.FromSeconds(300));

        await lab.DrainAsync();
        await lab.DrainAsync();

        var mailbox = await lab.MailboxAsync();
        Assert.Equal(time.GetUtcNow().AddSeconds(300), mailbox.WaitUntil);
        Assert.Equal(1, mailbox.Waits);
        Assert.Equal(2, lab.Server.Arrived.Count);
    }

    [Fact]
    public async Task A_success_after_the_wait_clears_it()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await PumpLab.StartAsync(time: time);
        await lab.HandInAsync(1);
        lab.Server.Answer = _ => Throttled(TimeSpan.FromSeconds(300));
        await lab.DrainAsync();
        lab.Server.Answer = _ => Accepted;
        time.Advance(TimeSpan.FromSeconds(301));

        await lab.DrainAsync();

        Assert.Equal((null, 0), ((await lab.MailboxAsync()).WaitUntil, (await lab.MailboxAsync()).Waits));
        Assert.Single(lab.Server.Accepted);
    }

    [Theory]
    [InlineData(10, 300)]
    [InlineData(300, 10)]
    public async Task Of_two_waits_asked_for_in_one_run_the_longer_counts(int first, int second)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await PumpLab.StartAsync(time: time);
        await lab.HandInAsync(6);
        // Two connections, both with a message at the server: the second response comes when the wait of the first is recorded.
        using var both = new Barrier(2);
        var answered = 0;
        lab.Server.Answer = _ =>
        {
            both.SignalAndWait(Ct);
            if (Interlocked.Increment(ref answered) == 1)
            {
                return Throttled(TimeSpan.FromSeconds(first));
            }

            WaitRecordedAsync(lab).GetAwaiter().GetResult();
            return Throttled(TimeSpan.FromSeconds(second));
        };

        await lab.DrainAsync();

        Assert.Equal(time.GetUtcNow().AddSeconds(300), (await lab.MailboxAsync()).WaitUntil);
        Assert.Equal(0.5, (await lab.MailboxAsync()).PaceShare, 2);
    }

    [Fact]
    public async Task A_correction_of_the_clock_does_not_undo_a_wait_that_was_recorded_since()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await PumpLab.StartAsync(time: time);
        await using var pump = await lab.TakeOverAsync();
        await lab.ChangeAsync(db => db.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(m => m.PaceSharedAt, time.GetUtcNow().AddHours(1)), Ct));
        var states = lab.Parts.States;
        var old = await states.ReadAsync(1, Ct);
        Assert.True(states.NeedsCorrection(1, old));

        await states.WaitAsync(1, old.Epoch, TimeSpan.FromHours(5), 1, 0.5, Busy, null, Ct);
        await states.CorrectAsync(1, old.Epoch, old, Ct);

        Assert.Equal(time.GetUtcNow().AddHours(5), (await lab.MailboxAsync()).WaitUntil);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-48)]
    public async Task A_clock_set_back_during_a_wait_does_not_lengthen_it(int hours)
    {
        var steady = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var clock = new SteppedTime(steady);
        await using var lab = await PumpLab.StartAsync(time: clock);
        await lab.HandInAsync(1);
        await using var pump = await lab.TakeOverAsync();
        lab.Server.Answer = _ => Throttled(TimeSpan.FromMinutes(10));
        await pump.DrainAsync(Ct);
        lab.Server.Answer = _ => Accepted;

        steady.Advance(TimeSpan.FromMinutes(4));
        clock.Offset = TimeSpan.FromHours(hours);
        Assert.Equal([PumpLab.MailboxId], await WithWorkAsync(lab, clock));
        await pump.DrainAsync(Ct);
        Assert.Equal(clock.GetUtcNow().AddMinutes(6), (await lab.MailboxAsync()).WaitUntil);
        Assert.Empty(lab.Server.Accepted);

        steady.Advance(TimeSpan.FromMinutes(6));
        await pump.DrainAsync(Ct);
        Assert.Single(lab.Server.Accepted);
    }

    [Fact]
    public async Task A_clock_set_back_by_less_than_the_wait_has_lasted_does_not_lengthen_it_either()
    {
        var steady = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var clock = new SteppedTime(steady);
        await using var lab = await PumpLab.StartAsync(time: clock);
        await lab.HandInAsync(1);
        var states = StatesOf(lab, clock);
        await using var pump = await TakeOverAsync(lab, states);
        lab.Server.Answer = _ => Throttled(TimeSpan.FromMinutes(10));
        await pump.DrainAsync(Ct);
        lab.Server.Answer = _ => Accepted;

        steady.Advance(TimeSpan.FromMinutes(10));
        clock.Offset = TimeSpan.FromMinutes(-8);

        Assert.Equal([PumpLab.MailboxId], states.WaitsOverEarly());
        await pump.DrainAsync(Ct);
        Assert.Single(lab.Server.Accepted);
        Assert.Empty(states.WaitsOverEarly());
    }

    [Fact]
    public async Task A_wait_recorded_by_another_process_lasts_its_length_at_most_after_the_clock_was_set_back()
    {
        var steady = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var clock = new SteppedTime(steady);
        await using var lab = await PumpLab.StartAsync(time: clock);
        await lab.HandInAsync(1);
        lab.Server.Answer = _ => Throttled(TimeSpan.FromMinutes(10));
        await using (var former = await TakeOverAsync(lab, StatesOf(lab, clock)))
        {
            await former.DrainAsync(Ct);
        }

        lab.Server.Answer = _ => Accepted;
        clock.Offset = TimeSpan.FromHours(-5);
        await using var pump = await TakeOverAsync(lab, StatesOf(lab, clock));
        await pump.DrainAsync(Ct);
        Assert.Empty(lab.Server.Accepted);

        steady.Advance(TimeSpan.FromMinutes(10));
        await pump.DrainAsync(Ct);
        Assert.Single(lab.Server.Accepted);
    }

    [Fact]
    public async Task A_check_that_passes_after_the_clock_was_set_back_ends_a_hold_for_the_configuration()
    {
        var steady = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var clock = new SteppedTime(steady);
        await using var lab = await PumpLab.StartAsync(time: clock);
        await lab.HandInAsync(1);
        lab.Server.Answer = _ => new SendOutcome.Stopped(StopKind.Configuration,
            new Finding(FindingCode.SendAsDenied, "No.", "Fix it."), "554 5.2.252", null);
        await lab.DrainAsync();
        lab.Server.Answer = _ => Accepted;

        clock.Offset = TimeSpan.FromHours(-3);
        await lab.DrainAsync();
        Assert.Equal(Hold.Configuration, (await lab.MailboxAsync()).Hold);
        steady.Advance(TimeSpan.FromMinutes(1));
        await PassAsync(lab, clock.GetUtcNow());
        await lab.DrainAsync();

        Assert.Equal(Hold.None, (await lab.MailboxAsync()).Hold);
        Assert.Single(lab.Server.Accepted);
    }

    [Fact]
    public async Task A_check_that_passed_in_the_future_of_the_clock_does_not_end_holds_and_waits_as_they_begin()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await PumpLab.StartAsync(time: time);
        await lab.HandInAsync(1);
        await PassAsync(lab, time.GetUtcNow().AddHours(5));
        lab.Server.Answer = _ => new SendOutcome.Stopped(StopKind.Unreachable, Lost, null, null);

        await lab.DrainAsync();
        await lab.DrainAsync();

        Assert.Single(lab.Server.Arrived);
        Assert.True((await lab.MailboxAsync()).WaitUntil > time.GetUtcNow());
    }

    private static async Task WaitRecordedAsync(PumpLab lab)
    {
        while ((await lab.MailboxAsync()).WaitUntil is null)
        {
            await Task.Delay(10, Ct);
        }
    }

    private static SendOutcome.Stopped Throttled(TimeSpan asked) => new(StopKind.Throttled, Busy, "HTTP 429", asked);

    private static Task PassAsync(PumpLab lab, DateTimeOffset at) => lab.ChangeAsync(db =>
        db.Set<SettingsRevision>().Where(r => r.State == RevisionState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PassedAt, at), Ct));

    private static async Task<IReadOnlyList<int>> WithWorkAsync(PumpLab lab, TimeProvider clock)
    {
        var outbox = new Outbox(lab.Parts.Contexts, lab.Library.Get<WriteTurn>(), lab.Library.Get<SenderIdentity>(), clock);
        return [.. (await outbox.WithWorkAsync(Ct)).Select(w => w.Mailbox)];
    }

    // A process of its own: it has not seen the waits of another.
    private static MailboxStates StatesOf(PumpLab lab, TimeProvider clock) => new(
        lab.Parts.Contexts, lab.Library.Get<WriteTurn>(), lab.Library.Get<AuditLog>(),
        lab.Library.Get<DeliverySignals>(), clock);

    private static async Task<MailboxPump> TakeOverAsync(PumpLab lab, MailboxStates states) =>
        Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(lab.Parts with { States = states }, PumpLab.MailboxId, Ct));
}
