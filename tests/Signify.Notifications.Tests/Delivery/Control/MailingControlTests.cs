using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Tests.Delivery.Control;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class MailingControlTests : IAsyncLifetime
{
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    /// <summary>Mailing's state, its rows, the control, whether it is done, and the rows afterwards.</summary>
    public static TheoryData<MailingState, NotificationState[], string, bool, MailingState?, NotificationState[]> Table => new()
    {
        { MailingState.Active, [Queued, Scheduled, Claimed, Canceling, Sent, Failed, InDoubt], "pause", true, MailingState.Paused,
            [Paused, Paused, Claimed, Canceling, Sent, Failed, InDoubt] },
        { MailingState.Paused, [Paused], "pause", true, MailingState.Paused, [Paused] },
        { MailingState.Active, [Sent, Failed], "pause", false, MailingState.Active, [Sent, Failed] },
        { MailingState.Cancelled, [Cancelled], "pause", false, MailingState.Cancelled, [Cancelled] },
        { MailingState.Paused, [Paused, Claimed, Sent], "resume", true, MailingState.Active, [Queued, Claimed, Sent] },
        { MailingState.Active, [Queued], "resume", true, MailingState.Active, [Queued] },
        { MailingState.Cancelled, [Cancelled], "resume", false, MailingState.Cancelled, [Cancelled] },
        { MailingState.Active, [Queued, Scheduled, Claimed, Sent, InDoubt], "cancel", true, MailingState.Cancelled,
            [Cancelled, Cancelled, Canceling, Sent, InDoubt] },
        { MailingState.Paused, [Paused, Failed], "cancel", true, MailingState.Cancelled, [Cancelled, Failed] },
        { MailingState.Cancelled, [Cancelled], "cancel", true, MailingState.Cancelled, [Cancelled] },
        { MailingState.Active, [Sent], "cancel", false, MailingState.Active, [Sent] },
        { MailingState.Active, [Queued, Failed, Sent, InDoubt, Expired], "retry", true, MailingState.Active, [Queued, Queued, Sent, InDoubt, Expired] },
        { MailingState.Paused, [Paused, Failed], "retry", true, MailingState.Paused, [Paused, Paused] },
        { MailingState.Active, [Queued, Sent], "retry", false, MailingState.Active, [Queued, Sent] },
        { MailingState.Cancelled, [Failed], "retry", false, MailingState.Cancelled, [Failed] },
        { MailingState.Active, [Queued, Sent, Failed, InDoubt], "delete", true, null, [] },
        { MailingState.Paused, [Paused], "delete", true, null, [] },
        { MailingState.Cancelled, [Cancelled, Expired], "delete", true, null, [] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Each_control_does_in_each_state_what_it_says_or_says_why_not(
        MailingState state, NotificationState[] rows, string control, bool done, MailingState? after, NotificationState[] rowsAfter)
    {
        var mailing = await _lab.AddAsync(state, rows);
        var before = (await _lab.MailboxAsync()).ControlVersion;

        var result = await RunAsync(control, TestLibrary.Ruleset, mailing.Id);

        Assert.Equal(done, result is ControlResult.Done);
        Assert.True(done || result is ControlResult.NotPossible { Why.Length: > 20 });
        Assert.Equal(after, (await _lab.MailingAsync(mailing.Id))?.State);
        Assert.Equal(rowsAfter, await _lab.StatesAsync(mailing.Id));
        await _lab.AssertCountersAsync();
        var changed = done && (state != after || control == "retry");
        Assert.Equal(before + (changed ? 1 : 0), (await _lab.MailboxAsync()).ControlVersion);
        Assert.Equal(changed ? 1 : 0, (await _lab.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 10, Ct)).Count);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    [InlineData("retry")]
    [InlineData("delete")]
    public async Task No_ruleset_controls_another_ones_mailing(string control)
    {
        var other = await _lab.AddRulesetAsync("Other");
        var mailing = await _lab.AddAsync(MailingState.Active, [Queued, Failed]);

        Assert.IsType<ControlResult.NotFound>(await RunAsync(control, other.Ruleset, mailing.Id));
        Assert.Equal([Queued, Failed], await _lab.StatesAsync(mailing.Id));
    }

    [Theory]
    [InlineData(MailingState.Receiving)]
    [InlineData(MailingState.Deleting)]
    public async Task One_that_is_not_acknowledged_or_being_deleted_is_not_there(MailingState state)
    {
        var mailing = await _lab.AddAsync(state, [Queued, Claimed]);

        Assert.IsType<ControlResult.NotFound>(await RunAsync("pause", TestLibrary.Ruleset, mailing.Id));
    }

    [Fact]
    public async Task A_pause_of_fifty_thousand_is_obeyed_at_once_and_the_rows_follow_in_portions()
    {
        var mailing = await _lab.AddManyAsync(50_000);

        await RunAsync("pause", TestLibrary.Ruleset, mailing.Id);

        await using var db = _lab.NewContext();
        Assert.False(await db.Set<Notification>().AnyAsync(
            n => n.State == Queued && db.Set<Mailing>().Any(m => m.Id == n.MailingId && m.State == MailingState.Active), Ct));
        Assert.Equal(20_000, await db.Set<Notification>().CountAsync(n => n.State == Paused, Ct));
        Assert.Equal(9, await SweepAsync());
        Assert.Equal(50_000, await db.Set<Notification>().CountAsync(n => n.State == Paused, Ct));
        Assert.False((await _lab.MailingAsync(mailing.Id))!.RowsFollow);
    }

    [Fact]
    public async Task Resumed_ones_wait_for_their_turn_or_for_their_time()
    {
        var mailing = await _lab.AddAsync(MailingState.Paused, [Paused, Paused]);
        await _lab.SetAsync<Notification>(n => n.To == "person1@contoso.com", n => n.DueAt = _lab.Now.AddHours(1));

        await RunAsync("resume", TestLibrary.Ruleset, mailing.Id);

        Assert.Equal([Queued, Scheduled], await _lab.StatesAsync(mailing.Id));
    }

    [Theory]
    [InlineData("pause", Paused)]
    [InlineData("cancel", Cancelled)]
    public async Task What_comes_back_from_a_senders_hand_follows_too(string control, NotificationState after)
    {
        var mailing = await _lab.AddAsync(MailingState.Active, [Queued, Claimed]);
        await RunAsync(control, TestLibrary.Ruleset, mailing.Id);
        Assert.True((await _lab.MailingAsync(mailing.Id))!.RowsFollow);

        await _lab.Get<Outbox>().ReleaseUnsentAsync(1, 0, Ct);
        await SweepAsync();

        Assert.Equal([after, after], await _lab.StatesAsync(mailing.Id));
        Assert.False((await _lab.MailingAsync(mailing.Id))!.RowsFollow);
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task A_deleted_mailing_waits_for_what_is_in_hand_and_then_is_gone_with_everything()
    {
        var mailing = await _lab.AddAsync(MailingState.Active, [Queued, Claimed, Sent]);
        await _lab.SetAsync<Notification>(n => n.State == Claimed, n => n.Epoch = 1);

        await RunAsync("delete", TestLibrary.Ruleset, mailing.Id);
        var inHand = Assert.Single(await _lab.RowsAsync(mailing.Id));
        Assert.Equal(Canceling, inHand.State);
        Assert.Equal(0, await SweepAsync());

        await _lab.SetAsync<Notification>(n => n.State == Canceling, n => n.State = Sent);
        await SweepAsync();

        await using var db = _lab.NewContext();
        Assert.Equal((0, 0, 0, 0), (
            await db.Set<Mailing>().CountAsync(Ct), await db.Set<Notification>().CountAsync(Ct), await db.Set<MailingContent>().CountAsync(Ct), await db.Set<MailingAttachment>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Retried_ones_get_their_attempts_anew_and_keep_their_history()
    {
        var mailing = await _lab.AddAsync(MailingState.Active, [Failed]);
        var id = (await _lab.RowsAsync(mailing.Id))[0].Id;
        await using (var db = _lab.NewContext())
        {
            db.Add(new Attempt { NotificationId = id, Number = 1, StartedAt = _lab.Now, EndedAt = _lab.Now, Route = Notifications.Settings.Route.Smtp, Outcome = AttemptOutcome.Failed });
            await db.SaveChangesAsync(Ct);
        }

        await RunAsync("retry", TestLibrary.Ruleset, mailing.Id);

        var row = (await _lab.RowsAsync(mailing.Id))[0];
        Assert.True(row is { State: Queued, Attempts: 0, EndedAt: null });
        await using var after = _lab.NewContext();
        Assert.Equal(1, await after.Set<Attempt>().CountAsync(Ct));
    }

    [Fact]
    public async Task All_that_failed_is_retried_in_one_call_however_many()
    {
        var mailing = await _lab.AddManyAsync(9000);
        await using (var db = _lab.NewContext())
        {
            await db.Set<Notification>().ExecuteUpdateAsync(set => set.SetProperty(n => n.State, Failed), Ct);
            await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Failed, 9000), Ct);
        }

        await RunAsync("retry", TestLibrary.Ruleset, mailing.Id);

        Assert.All(await _lab.StatesAsync(mailing.Id), state => Assert.Equal(Queued, state));
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task What_waits_beyond_its_time_expires_and_what_is_in_hand_does_not()
    {
        var mailing = await _lab.AddAsync(MailingState.Active, [Queued, Scheduled, Claimed], expiresAt: _lab.Now.AddMinutes(5));
        Assert.Equal(0, await SweepAsync());

        _lab.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await SweepAsync());

        Assert.Equal([Expired, Expired, Claimed], await _lab.StatesAsync(mailing.Id));
        await _lab.AssertCountersAsync();
    }

    /// <returns>How many portions there were to do.</returns>
    private async Task<int> SweepAsync()
    {
        var portions = 0;
        while (await _lab.Get<ControlSweep>().RunPortionAsync(1, Ct))
        {
            portions++;
        }

        return portions;
    }

    private Task<ControlResult> RunAsync(string control, Guid ruleset, long mailing)
    {
        var controls = _lab.Get<MailingControl>();
        return control switch
        {
            "pause" => controls.PauseAsync(ruleset, mailing, "anna", Ct),
            "resume" => controls.ResumeAsync(ruleset, mailing, "anna", Ct),
            "cancel" => controls.CancelAsync(ruleset, mailing, "anna", Ct),
            "retry" => controls.RetryFailedAsync(ruleset, mailing, "anna", Ct),
            _ => controls.DeleteAsync(ruleset, mailing, "anna", Ct),
        };
    }
}
