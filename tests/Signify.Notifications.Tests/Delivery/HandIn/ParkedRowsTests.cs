using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;
using static Signify.Notifications.Tests.Delivery.HandIn.HandInLab;

namespace Signify.Notifications.Tests.Delivery.HandIn;

/// <summary>Rows of a mailing that is still being received are not in the queue's index, where each claim would walk over them.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ParkedRowsTests : IAsyncLifetime
{
    private HandInLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await HandInLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task While_a_mailing_is_received_none_of_its_rows_is_in_the_queue_or_the_schedule()
    {
        var (half, gate) = (Signal(), Signal());
        var handingIn = _lab.Queue.HandInAsync(Caller(), Head(), Paused(4500, 4001, half, gate), Ct);
        await half.Task;
        await using (await _lab.HoldWritersAsync())
        {
            // The batch that is being written has its turn first.
        }

        var received = await StatesAsync();
        gate.SetResult();
        await handingIn;

        Assert.Equal([NotificationState.Paused], received);
    }

    [Fact]
    public async Task A_mailing_of_one_batch_is_queued_directly()
    {
        var queued = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), People(300));

        Assert.Equal([Queued], await StatesAsync());
        Assert.False((await _lab.Rows.MailingAsync(queued.MailingId))!.RowsFollow);
    }

    [Fact]
    public async Task A_completed_mailing_is_claimed_whole_and_in_order()
    {
        await _lab.HandInAsync(Head(), People(6500));
        var outbox = _lab.Rows.Get<Outbox>();
        var epoch = Assert.NotNull(await outbox.TakeOverAsync(1, Ct));
        var claimed = new List<long>();

        Assert.Equal([(1, 1)], await outbox.WithWorkAsync(Ct));
        while (await Sweep.RunPortionAsync(1, Ct))
        {
            claimed.AddRange((await outbox.ClaimAsync(1, epoch, 10_000, Ct)).Select(n => n.Turn));
        }

        Assert.Equal(Enumerable.Range(1, 6500).Select(i => (long)i), claimed);
        Assert.False(Assert.Single(await _lab.MailingsAsync()).RowsFollow);
    }

    [Fact]
    public async Task A_large_mailing_does_not_hold_back_the_rows_of_the_next_one()
    {
        await _lab.HandInAsync(Head(), People(12_000));
        var next = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), People(2500));

        await Sweep.RunPortionAsync(1, Ct);
        await Sweep.RunPortionAsync(1, Ct);

        Assert.DoesNotContain(NotificationState.Paused, await _lab.Rows.StatesAsync(next.MailingId));
    }

    [Fact]
    public async Task What_is_not_before_a_time_is_scheduled_and_shown_so_from_the_start()
    {
        var at = _lab.Rows.Now.AddHours(2);
        var queued = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head() with { NotBefore = at }, People(2500));

        var before = await DetailsAsync(queued.MailingId);
        await SweepAsync();
        var after = await DetailsAsync(queued.MailingId);

        Assert.Equal((0, 0), (before.Queued, before.Paused));
        Assert.Equal(before.Scheduled, after.Scheduled);
        Assert.Equal([Scheduled], await StatesAsync());
    }

    [Fact]
    public async Task Parked_rows_of_an_active_mailing_are_shown_as_queued_and_of_a_paused_one_as_paused()
    {
        var queued = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), People(2500));
        var active = await ShownAsync();
        await _lab.Rows.Get<MailingControl>().PauseAsync(TestLibrary.Ruleset, queued.MailingId, "anna", Ct);
        var paused = await ShownAsync();

        Assert.Equal([Queued], active);
        Assert.Equal([NotificationState.Paused], paused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_search_finds_parked_rows_in_the_state_they_are_shown_in(bool inMailing)
    {
        var queued = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), People(2500));
        var later = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head() with { NotBefore = _lab.Rows.Now.AddHours(2) },
            People(2500));
        Assert.Equal([NotificationState.Paused], await StatesAsync());

        Assert.Empty(await FindAsync(NotificationState.Paused, inMailing ? queued.MailingId : null));
        Assert.Equal([(queued.MailingId, Queued)], await FindAsync(Queued, inMailing ? queued.MailingId : null));
        Assert.Equal([(later.MailingId, Scheduled)], await FindAsync(Scheduled, inMailing ? later.MailingId : null));
        await _lab.Rows.Get<MailingControl>().PauseAsync(TestLibrary.Ruleset, queued.MailingId, "anna", Ct);
        Assert.Equal([(queued.MailingId, NotificationState.Paused)],
            await FindAsync(NotificationState.Paused, inMailing ? queued.MailingId : null));
        Assert.Empty(await FindAsync(Queued, inMailing ? queued.MailingId : null));
    }

    [Fact]
    public async Task While_a_mailing_is_received_no_search_for_paused_ones_finds_its_rows()
    {
        var (half, gate) = (Signal(), Signal());
        var handingIn = _lab.Queue.HandInAsync(Caller(), Head(), Paused(4500, 4001, half, gate), Ct);
        await half.Task;

        var (paused, waiting) = (await FindAsync(NotificationState.Paused, null), await FindAsync(Queued, null));
        gate.SetResult();
        await handingIn;

        Assert.Empty(paused);
        Assert.Equal([Queued], waiting.Select(w => w.State));
    }

    [Fact]
    public async Task Parked_rows_expire_and_are_canceled_and_deleted_as_others_are()
    {
        var expiring = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head() with { ExpiresAt = _lab.Rows.Now.AddHours(1) },
            People(2500));
        var canceled = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), People(2500));
        var deleted = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), People(2500));
        var paused = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head() with { ExpiresAt = _lab.Rows.Now.AddHours(1) },
            People(2500));
        var control = _lab.Rows.Get<MailingControl>();

        await control.PauseAsync(TestLibrary.Ruleset, paused.MailingId, "anna", Ct);
        await control.CancelAsync(TestLibrary.Ruleset, canceled.MailingId, "anna", Ct);
        await control.DeleteAsync(TestLibrary.Ruleset, deleted.MailingId, "anna", Ct);
        _lab.Rows.Time.Advance(TimeSpan.FromHours(2));
        await SweepAsync();

        Assert.Equal([Expired], (await _lab.Rows.StatesAsync(expiring.MailingId)).Distinct());
        Assert.Equal([Expired], (await _lab.Rows.StatesAsync(paused.MailingId)).Distinct());
        Assert.Equal(2500, (await _lab.Rows.MailingAsync(canceled.MailingId))!.Cancelled);
        Assert.Null(await _lab.Rows.MailingAsync(deleted.MailingId));
        await _lab.Rows.AssertCountersAsync();
    }

    private ControlSweep Sweep => _lab.Rows.Get<ControlSweep>();

    private async Task SweepAsync()
    {
        while (await Sweep.RunPortionAsync(1, Ct))
        {
        }
    }

    private async Task<MailingDetails> DetailsAsync(long id) =>
        Assert.IsType<MailingDetails>(await _lab.Rows.Get<MailingReader>().FindAsync(TestLibrary.Ruleset, id, Ct));

    private async Task<(long Mailing, NotificationState State)[]> FindAsync(NotificationState state, long? mailing)
    {
        var search = new ActivitySearch { States = [state], MailingId = mailing };
        var page = await _lab.Rows.Get<ActivityReader>().SearchAsync(TestLibrary.Ruleset, search, new PageOf(Most: 100), Ct);
        return [.. page.Items.Select(r => (r.MailingId, r.State)).Distinct()];
    }

    private async Task<NotificationState[]> ShownAsync()
    {
        var page = await _lab.Rows.Get<ActivityReader>().SearchAsync(TestLibrary.Ruleset, new ActivitySearch(), new PageOf(Most: 100), Ct);
        var row = await _lab.Rows.Get<NotificationReader>().FindAsync(TestLibrary.Ruleset, page.Items[0].Id, Ct);
        return [.. page.Items.Select(r => r.State).Append(row!.Row.State).Distinct()];
    }

    private async Task<NotificationState[]> StatesAsync()
    {
        await using var db = _lab.Rows.NewContext();
        return await db.Set<Notification>().Select(n => n.State).Distinct().ToArrayAsync(Ct);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async IAsyncEnumerable<NewRecipient> Paused(int count, int at, TaskCompletionSource reached, TaskCompletionSource go)
    {
        foreach (var person in People(count))
        {
            if (person.Line == at)
            {
                reached.SetResult();
                await go.Task;
            }

            yield return person;
        }
    }
}
