using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Tests.Delivery.Retention;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class RetentionSweepTests : IAsyncLifetime
{
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task It_deletes_what_is_finished_and_old_with_all_that_belongs_to_it_and_nothing_else()
    {
        var old = _lab.Now.AddDays(-91);
        var other = await _lab.AddRulesetAsync("Other");
        await _lab.Get<RetentionSetting>().SetAsync(other.Ruleset, 200, "anna", Ct);
        await _lab.AddAsync(MailingState.Active, [Sent, Failed, InDoubt], at: old);
        await _lab.AddAsync(MailingState.Active, [Sent], ofOne: true, at: old);
        await _lab.AddAsync(MailingState.Cancelled, [Cancelled], at: old);
        long[] kept =
        [
            (await _lab.AddAsync(MailingState.Active, [Sent, Queued], at: old)).Id,
            (await _lab.AddAsync(MailingState.Active, [Sent], at: _lab.Now.AddDays(-89))).Id,
            (await _lab.AddAsync(MailingState.Active, [Sent], other.Mailbox, at: old)).Id,
            (await _lab.AddAsync(MailingState.Active, [Sent], at: old)).Id,
        ];
        await _lab.SetAsync<Mailing>(m => m.Id == kept[3], m => m.LastSentAt = _lab.Now.AddDays(-1));
        await AddAttemptsAsync();

        await SweepAsync();

        await using var db = _lab.NewContext();
        Assert.Equal(kept, await db.Set<Mailing>().OrderBy(m => m.Id).Select(m => m.Id).ToListAsync(Ct));
        Assert.Equal(5, await db.Set<Notification>().CountAsync(Ct));
        Assert.Equal(5, await db.Set<Attempt>().CountAsync(Ct));
        Assert.Equal((4, 4), (await db.Set<MailingContent>().CountAsync(Ct), await db.Set<MailingAttachment>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_large_one_goes_a_portion_at_a_time()
    {
        var mailing = await _lab.AddManyAsync(9000, sent: 9000);
        _lab.Time.Advance(TimeSpan.FromDays(91));

        Assert.True(await Sweep.RunPortionAsync(Ct));
        Assert.True(await Sweep.RunPortionAsync(Ct));
        Assert.Equal(5000, (await _lab.RowsAsync(mailing.Id)).Count);
        await SweepAsync();

        Assert.Null(await _lab.MailingAsync(mailing.Id));
        Assert.Empty(await _lab.RowsAsync(mailing.Id));
    }

    [Fact]
    public async Task Counts_stay_as_long_as_a_window_or_a_chart_looks_at_them()
    {
        var row = (await _lab.RowsAsync((await _lab.AddAsync(MailingState.Active, [Sent], at: _lab.Now.AddDays(-91))).Id))[0];
        await using (var db = _lab.NewContext())
        {
            db.AddRange(
                new PacedSend { MailboxId = 1, At = _lab.Now.AddHours(-24), NotificationId = row.Id, Recipients = 1 },
                new PacedSend { MailboxId = 1, At = _lab.Now.AddHours(-26), NotificationId = 2, Recipients = 1 },
                new OutcomeTally { MailboxId = 1, At = _lab.Now.AddDays(-7), Sent = 1 },
                new OutcomeTally { MailboxId = 1, At = _lab.Now.AddDays(-9), Sent = 1 });
            await db.SaveChangesAsync(Ct);
        }

        await SweepAsync();

        await using var after = _lab.NewContext();
        Assert.Empty(await _lab.RowsAsync(row.MailingId));
        Assert.Equal(row.Id, (await after.Set<PacedSend>().SingleAsync(Ct)).NotificationId);
        Assert.Equal(_lab.Now.AddDays(-7), (await after.Set<OutcomeTally>().SingleAsync(Ct)).At);
    }

    [Fact]
    public async Task A_ruleset_chooses_within_bounds_and_the_choice_is_on_record()
    {
        var setting = _lab.Get<RetentionSetting>();

        Assert.False(await setting.SetAsync(TestLibrary.Ruleset, 0, "anna", Ct));
        Assert.False(await setting.SetAsync(TestLibrary.Ruleset, 3651, "anna", Ct));
        Assert.Equal(new RetentionDays(null, 90), await setting.ReadAsync(TestLibrary.Ruleset, Ct));
        Assert.True(await setting.SetAsync(TestLibrary.Ruleset, 7, "anna", Ct));
        Assert.Equal(7, (await setting.ReadAsync(TestLibrary.Ruleset, Ct)).InForce);
        Assert.Equal((AuditAction.RetentionChanged, "the default → 7 days"),
            (await _lab.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 5, Ct)).Select(e => (e.Action, e.Details!)).Single());
    }

    private RetentionSweep Sweep => _lab.Get<RetentionSweep>();

    private async Task SweepAsync()
    {
        while (await Sweep.RunPortionAsync(Ct))
        {
        }
    }

    private async Task AddAttemptsAsync()
    {
        await using var db = _lab.NewContext();
        db.AddRange((await db.Set<Notification>().Select(n => n.Id).ToListAsync(Ct)).Select(id => new Attempt
        {
            NotificationId = id,
            Number = 1,
            StartedAt = _lab.Now,
            EndedAt = _lab.Now,
            Route = Notifications.Settings.Route.Smtp,
            Outcome = AttemptOutcome.Sent,
        }));
        await db.SaveChangesAsync(Ct);
    }
}
