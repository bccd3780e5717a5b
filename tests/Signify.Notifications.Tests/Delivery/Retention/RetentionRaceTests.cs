using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Tests.Delivery.Retention;

/// <summary>A user acts on a mailing between the sweep's query and its transaction.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class RetentionRaceTests : IAsyncLifetime
{
    private readonly BeforeTransaction _race = new();
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync(services: _race.AddTo);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_notification_resent_while_the_sweep_begins_is_not_deleted()
    {
        var mailing = await _lab.AddAsync(MailingState.Active, [Sent, Failed], at: _lab.Now.AddDays(-91));
        var failed = (await _lab.RowsAsync(mailing.Id)).Single(n => n.State == Failed);
        _race.Once(() => Notifications().ResendAsync(TestLibrary.Ruleset, failed.Id, "anna", Ct));

        var deleted = await _lab.Get<RetentionSweep>().RunPortionAsync(Ct);

        Assert.False(deleted);
        Assert.Equal([Sent, Queued], await _lab.StatesAsync(mailing.Id));
    }

    [Fact]
    public async Task A_large_mailing_resent_while_the_sweep_begins_stays_active()
    {
        var mailing = await _lab.AddManyAsync(5000, sent: 5000);
        _lab.Time.Advance(TimeSpan.FromDays(91));
        _race.Once(() => _lab.SetAsync<Mailing>(m => m.Id == mailing.Id, m => (m.Sent, m.LastSentAt) = (m.Sent - 1, _lab.Now)));

        var deleted = await _lab.Get<RetentionSweep>().RunPortionAsync(Ct);

        Assert.False(deleted);
        Assert.Equal((MailingState.Active, false),
            ((await _lab.MailingAsync(mailing.Id))!.State, (await _lab.MailingAsync(mailing.Id))!.RowsFollow));
    }

    [Fact]
    public async Task A_mailing_sent_again_to_its_end_while_the_sweep_begins_counts_as_young()
    {
        var mailing = await _lab.AddAsync(MailingState.Active, [Sent], at: _lab.Now.AddDays(-91));
        _race.Once(() => _lab.SetAsync<Mailing>(m => m.Id == mailing.Id, m => m.LastSentAt = _lab.Now));

        Assert.False(await _lab.Get<RetentionSweep>().RunPortionAsync(Ct));
        Assert.NotNull(await _lab.MailingAsync(mailing.Id));
    }

    /// <summary>As another process has them: the sweep holds this one's turn to write.</summary>
    private NotificationControl Notifications() => new(
        new ControlTransaction(_lab.Get<IDbContextFactory<NotificationsDbContext>>(), WriteTurn.AllAtOnce(), _lab.Get<DeliverySignals>()),
        _lab.Get<AuditLog>(), _lab.Time);
}
