using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Findings;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Tests.Delivery.Control;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class NotificationControlTests : IAsyncLifetime
{
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NotificationControl Control => _lab.Get<NotificationControl>();

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData(Queued, true, Cancelled)]
    [InlineData(Scheduled, true, Cancelled)]
    [InlineData(Paused, true, Cancelled)]
    [InlineData(Claimed, true, Canceling)]
    [InlineData(Canceling, true, Canceling)]
    [InlineData(Sent, false, Sent)]
    [InlineData(Failed, false, Failed)]
    [InlineData(InDoubt, false, InDoubt)]
    [InlineData(Cancelled, true, Cancelled)]
    [InlineData(Expired, false, Expired)]
    public async Task Cancelling_does_in_each_state_what_it_can(NotificationState before, bool done, NotificationState after)
    {
        var row = await AddAsync(MailingState.Active, before);

        var result = await Control.CancelAsync(TestLibrary.Ruleset, row.Id, "anna", Ct);

        Assert.Equal(done, result is ControlResult.Done);
        var now = await RowAsync(row.Id);
        Assert.Equal(after, now.State);
        Assert.Equal(done && before is not (Cancelled or Canceling) ? 1 : 0, (await _lab.MailboxAsync()).ControlVersion);
        await _lab.AssertCountersAsync();
    }

    [Theory]
    [InlineData(MailingState.Active, Queued, false)]
    [InlineData(MailingState.Active, Canceling, false)]
    [InlineData(MailingState.Active, Failed, true)]
    [InlineData(MailingState.Active, InDoubt, true)]
    [InlineData(MailingState.Active, Cancelled, true)]
    [InlineData(MailingState.Active, Expired, true)]
    [InlineData(MailingState.Paused, Failed, false)]
    [InlineData(MailingState.Cancelled, InDoubt, false)]
    public async Task What_did_not_go_is_sent_again_as_itself(MailingState mailing, NotificationState before, bool done)
    {
        var row = await AddAsync(mailing, before, expiresAt: _lab.Now.AddMinutes(-1));

        var result = await Control.ResendAsync(TestLibrary.Ruleset, row.Id, "anna", Ct);

        var now = await RowAsync(row.Id);
        Assert.Equal(done, result is ControlResult.Done same && same.Id == row.Id);
        Assert.Equal(done ? Queued : before, now.State);
        Assert.True(!done || now is { Attempts: 0, EndedAt: null, ExpiresAt: null });
        Assert.False(await _lab.Get<ControlSweep>().RunPortionAsync(1, Ct) && done, "What is sent again does not expire at once.");
        await using var db = _lab.NewContext();
        Assert.Equal(1, await db.Set<Notification>().CountAsync(Ct));
        await _lab.AssertCountersAsync();
    }

    [Theory]
    [InlineData(MailingState.Active, Sent)]
    [InlineData(MailingState.Cancelled, Failed)]
    [InlineData(MailingState.Cancelled, Cancelled)]
    public async Task What_was_sent_or_belongs_to_a_cancelled_mailing_goes_again_as_a_copy(MailingState state, NotificationState before)
    {
        var row = await AddAsync(state, before);
        await _lab.SetAsync<Mailbox>(m => m.Id == 1, m => m.Turn = 40);

        var done = Assert.IsType<ControlResult.Done>(await Control.ResendAsync(TestLibrary.Ruleset, row.Id, "anna", Ct));

        Assert.NotEqual(row.Id, done.Id);
        Assert.Equal(before, (await RowAsync(row.Id)).State);
        var copy = await RowAsync(done.Id);
        Assert.Equal((Queued, row.To, row.Fields, 41L), (copy.State, copy.To, copy.Fields, copy.Turn));
        var (first, second) = ((await _lab.MailingAsync(row.MailingId))!, (await _lab.MailingAsync(copy.MailingId))!);
        Assert.True(second is { OfOne: true, State: MailingState.Active, Total: 1 });
        Assert.NotEqual(first.MessageIdSuffix, second.MessageIdSuffix);
        Assert.EndsWith("@contoso.com", second.MessageIdSuffix, StringComparison.Ordinal);
        await using var db = _lab.NewContext();
        Assert.Equal("Hello {{name}}", (await db.Set<MailingContent>().SingleAsync(c => c.MailingId == copy.MailingId, Ct)).Text);
        Assert.Equal([1, 2, 3], (await db.Set<MailingAttachment>().SingleAsync(a => a.MailingId == copy.MailingId, Ct)).Content);
        await _lab.AssertCountersAsync();
    }

    [Theory]
    [InlineData(InDoubt, DoubtVerdict.Arrived, Sent)]
    [InlineData(InDoubt, DoubtVerdict.SendAgain, Queued)]
    [InlineData(Failed, DoubtVerdict.Arrived, Failed)]
    [InlineData(Queued, DoubtVerdict.SendAgain, Queued)]
    public async Task A_doubt_is_ended_by_a_person_and_only_a_doubt(NotificationState before, DoubtVerdict verdict, NotificationState after)
    {
        var row = await AddAsync(MailingState.Active, before);

        var result = await Control.SettleAsync(TestLibrary.Ruleset, row.Id, verdict, "anna", Ct);

        Assert.Equal(before == InDoubt, result is ControlResult.Done);
        Assert.Equal(after, (await RowAsync(row.Id)).State);
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task No_ruleset_touches_another_ones_notification()
    {
        var other = await _lab.AddRulesetAsync("Other");
        var row = await AddAsync(MailingState.Active, InDoubt);

        Assert.IsType<ControlResult.NotFound>(await Control.CancelAsync(other.Ruleset, row.Id, "anna", Ct));
        Assert.IsType<ControlResult.NotFound>(await Control.ResendAsync(other.Ruleset, row.Id, "anna", Ct));
        Assert.IsType<ControlResult.NotFound>(await Control.SettleAsync(other.Ruleset, row.Id, DoubtVerdict.Arrived, "anna", Ct));
        Assert.Equal(InDoubt, (await RowAsync(row.Id)).State);
    }

    [Theory]
    [InlineData(Hold.None)]
    [InlineData(Hold.Person)]
    [InlineData(Hold.Configuration)]
    [InlineData(Hold.Blocked)]
    [InlineData(Hold.RepeatedRefusals)]
    public async Task A_person_holds_and_lifts_every_hold_and_every_wait(Hold before)
    {
        var other = await _lab.AddRulesetAsync("Other");
        await _lab.SetAsync<Mailbox>(m => m.Id == 1, m => (m.Hold, m.HoldCode, m.WaitUntil, m.Waits) = (before, FindingCode.SenderBlocked, _lab.Now.AddHours(1), 3));

        await _lab.Get<SendingHold>().HoldAsync(TestLibrary.Ruleset, "anna", Ct);
        var held = await _lab.MailboxAsync();
        await _lab.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "anna", Ct);
        var after = await _lab.MailboxAsync();

        Assert.Equal((Hold.Person, before == Hold.Person ? 0 : 1), (held.Hold, held.ControlVersion));
        Assert.True(after is { Hold: Hold.None, HoldCode: null, HeldBy: null, WaitUntil: null, Waits: 0 });
        Assert.Equal(held.ControlVersion + 1, after.ControlVersion);
        Assert.Equal(0, (await _lab.MailboxAsync(other.Mailbox)).ControlVersion);
    }

    private async Task<Notification> AddAsync(MailingState mailing, NotificationState state, DateTimeOffset? expiresAt = null) =>
        (await _lab.RowsAsync((await _lab.AddAsync(mailing, [state], expiresAt: expiresAt)).Id))[0];

    private async Task<Notification> RowAsync(long id)
    {
        await using var db = _lab.NewContext();
        return await db.Set<Notification>().AsNoTracking().SingleAsync(n => n.Id == id, Ct);
    }
}
