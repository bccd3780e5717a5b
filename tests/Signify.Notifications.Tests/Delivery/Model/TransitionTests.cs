using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Tests.Delivery.Model.TransitionMatrix;

namespace Signify.Notifications.Tests.Delivery.Model;

/// <summary>Each cell of the table: as code, as SQL, and as the recorder writes it, on the database of the run.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class TransitionTests : IAsyncLifetime
{
    private static readonly NotificationEvent[] Recorded =
    [
        NotificationEvent.Release, NotificationEvent.Sent, NotificationEvent.Failed, NotificationEvent.Defer,
        NotificationEvent.RetryUnconfirmed, NotificationEvent.LeaveUnconfirmed, NotificationEvent.Expire,
    ];

    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public void The_matrix_names_each_event_in_each_state_once()
    {
        var expected = Enum.GetValues<NotificationEvent>().SelectMany(on => Enum.GetValues<NotificationState>().Select(from => (on, from)));

        Assert.Equal(expected.Order(), Cells.Select(c => (c.On, c.From)).Order());
    }

    [Fact]
    public void The_table_says_what_the_matrix_says()
    {
        Assert.All(Cells, c => Assert.Equal(c.To, NotificationTransitions.Next(c.From, c.On)));
        Assert.Equal(
            Late.Where(c => c.To is not null).Select(c => new Transition(c.On, c.From, c.After, Late: true)).OrderBy(t => t.ToString()),
            NotificationTransitions.All.Where(t => t.Late).OrderBy(t => t.ToString()));
    }

    [Fact]
    public async Task Each_cell_changes_row_and_counters_as_the_matrix_says()
    {
        foreach (var cell in Cells)
        {
            var id = await AddAsync(cell.From, expired: true);

            var changed = await ApplyAsync(cell, id);

            Assert.Equal(cell.To is null ? 0 : 1, changed);
            var row = await RowAsync(id);
            Assert.True(row.State == cell.After, $"{cell.From} + {cell.On}: {row.State}, not {cell.After}.");
            Assert.True((row.EndedAt is not null) == NotificationTransitions.IsOutcome(row.State),
                $"{cell.From} + {cell.On}: ended {row.EndedAt}.");
            AssertEffects(cell, row);
        }

        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task The_recorder_ends_only_what_is_in_flight_under_its_epoch()
    {
        foreach (var on in Recorded)
        {
            foreach (var from in new[] { NotificationState.Claimed, NotificationState.Canceling })
            {
                var cell = Cells.Single(c => c.On == on && c.From == from);
                var id = await AddAsync(from, inFlight: true);

                await RecordAsync(on, id, epoch: 0);
                await RecordAsync(on, id, epoch: 0);

                var row = await RowAsync(id);
                Assert.True(row.State == cell.After, $"{from} + {on}: {row.State}, not {cell.After}.");
                Assert.Equal(on is NotificationEvent.Release or NotificationEvent.Expire ? 1 : 2, row.Attempts);
                Assert.Equal(0, await InFlightAsync(id));
                Assert.Equal(1, await AttemptsAsync(id));
            }
        }

        await _lab.AssertCountersAsync();
    }

    /// <summary>A later attempt, a cancel or the end of its time proves nothing of an attempt that may have been delivered.</summary>
    [Fact]
    public async Task With_an_unconfirmed_attempt_a_message_never_ends_as_canceled_or_expired()
    {
        foreach (var cell in Cells.Where(c => c.To is NotificationState.Cancelled or NotificationState.Expired))
        {
            var id = await AddAsync(cell.From, expired: true);
            await AddUnconfirmedAsync(id);

            Assert.Equal(1, await ApplyAsync(cell, id));

            var row = await RowAsync(id);
            Assert.True(row is { State: NotificationState.InDoubt, EndedAt: not null }, $"{cell.From} + {cell.On}: {row.State}.");
        }

        foreach (var cell in Cells.Where(c => Recorded.Contains(c.On) && c.To is NotificationState.Cancelled or NotificationState.Expired
            && c.From is NotificationState.Claimed or NotificationState.Canceling))
        {
            var id = await AddAsync(cell.From, inFlight: true);
            await AddUnconfirmedAsync(id);

            await RecordAsync(cell.On, id, epoch: 0);

            var row = await RowAsync(id);
            Assert.True(row.State == NotificationState.InDoubt, $"Recorded: {cell.From} + {cell.On}: {row.State}.");
        }

        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task A_late_report_changes_only_what_it_proves()
    {
        foreach (var cell in Late)
        {
            var id = await AddAsync(cell.From);

            await RecordAsync(cell.On, id, epoch: -1);

            var row = await RowAsync(id);
            Assert.True(row.State == cell.After, $"{cell.From} + late {cell.On}: {row.State}, not {cell.After}.");
            Assert.Equal(1, await AttemptsAsync(id));
        }

        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task Only_a_claimed_row_of_an_active_mailing_and_a_sending_mailbox_begins()
    {
        foreach (var from in Enum.GetValues<NotificationState>())
        {
            var id = await AddAsync(from);
            Assert.Equal(from == NotificationState.Claimed, await BeginAsync(id, epoch: 0));
        }

        Assert.False(await BeginAsync(await AddAsync(NotificationState.Claimed), epoch: -1));
        foreach (var state in Enum.GetValues<MailingState>().Where(s => s != MailingState.Active))
        {
            var id = await AddAsync(NotificationState.Claimed);
            await SetMailingAsync(id, state);
            Assert.False(await BeginAsync(id, epoch: 0), $"A mailing that is {state}.");
            await SetMailingAsync(id, MailingState.Active);
        }

        var held = await AddAsync(NotificationState.Claimed);
        await _lab.SetAsync<Mailbox>(m => m.Id == 1, m => m.Hold = Hold.Person);
        Assert.False(await BeginAsync(held, epoch: 0));
    }

    private async Task<int> ApplyAsync(Cell cell, long id)
    {
        await using var db = _lab.NewContext();
        await using var transaction = await db.BeginForMailboxAsync(1, Ct);
        if (NotificationTransitions.Of(cell.On).All(t => t.From != cell.From))
        {
            // As a caller that does not look first: all states of the event.
            return await db.ApplyAsync(cell.On, null, "\"Id\" = @id", _lab.Now, Ct, Values(id));
        }

        var changed = await db.ApplyAsync(cell.On, cell.From, "\"Id\" = @id", _lab.Now, Ct, Values(id));
        await transaction.CommitAsync(Ct);
        return changed;
    }

    private (string, object)[] Values(long id) => [("@id", id), ("@due", _lab.Now.AddHours(1).UtcTicks), ("@used", 1), ("@epoch", 9L)];

    private void AssertEffects(Cell cell, Notification row)
    {
        if (cell.To is null)
        {
            return;
        }

        var again = cell.On is NotificationEvent.RetryFailed or NotificationEvent.RetryFailedPaused or NotificationEvent.Resend;
        var tried = cell.On is NotificationEvent.Sent or NotificationEvent.Failed or NotificationEvent.Defer
            or NotificationEvent.RetryUnconfirmed or NotificationEvent.LeaveUnconfirmed;
        Assert.Equal(again ? 0 : tried ? 2 : 1, row.Attempts);
        Assert.Equal(again, row.ExpiresAt is null);
        Assert.Equal(cell.On == NotificationEvent.Claim ? 9 : 0, row.Epoch);
        Assert.Equal(cell.On is NotificationEvent.Defer or NotificationEvent.RetryUnconfirmed ? _lab.Now.AddHours(1) : _lab.Now, row.DueAt);
    }

    private async Task RecordAsync(NotificationEvent on, long id, long epoch)
    {
        var row = await RowAsync(id);
        var ending = new Ending
        {
            Of = Claimed(row, epoch),
            Event = on,
            At = _lab.Now.AddSeconds(1),
            UsesNoAttempt = on == NotificationEvent.Release,
            Attempt = new AttemptMade(_lab.Now, Route.Smtp, AttemptOutcome.Stopped, null, "response"),
        };
        await using var recorder = await OpenAsync();
        await recorder.CommitAsync([new RecordLine(ending, null, durable: true, 1, 1)]);
    }

    private async Task AddUnconfirmedAsync(long id)
    {
        await using var db = _lab.NewContext();
        db.Add(new Attempt
        {
            NotificationId = id,
            Number = 1,
            StartedAt = _lab.Now,
            EndedAt = _lab.Now,
            Route = Route.Smtp,
            Outcome = AttemptOutcome.InDoubt,
            Words = "no reply",
        });
        await db.SaveChangesAsync(Ct);
    }

    private async Task<bool> BeginAsync(long id, long epoch)
    {
        var line = new RecordLine(null, Claimed(await RowAsync(id), epoch), durable: true, 1, 1);
        await using var recorder = await OpenAsync();
        await recorder.CommitAsync([line]);
        Assert.Equal(line.Begun ? 1 : 0, await InFlightAsync(id));
        return line.Begun;
    }

    private Task<IRecordConnection> OpenAsync() => IRecordConnection.OpenAsync(_lab.Get<IDbContextFactory<NotificationsDbContext>>());

    private static InHand Claimed(Notification n, long epoch) =>
        new(n.Id, n.MailboxId, epoch, n.MailingId, n.To, null, null, null, n.Priority, n.Turn, n.Attempts, null);

    private async Task<long> AddAsync(NotificationState state, bool inFlight = false, bool expired = false)
    {
        var mailing = await _lab.AddAsync(MailingState.Active, [state], expiresAt: expired ? _lab.Now.AddMinutes(-1) : null);
        await _lab.SetAsync<Notification>(n => n.MailingId == mailing.Id, n => n.Attempts = 1);
        var id = (await _lab.RowsAsync(mailing.Id))[0].Id;
        if (inFlight)
        {
            await using var db = _lab.NewContext();
            db.Add(new InFlight { NotificationId = id, MailboxId = 1, Epoch = 0, StartedAt = _lab.Now });
            await db.SaveChangesAsync(Ct);
        }

        return id;
    }

    private async Task<Notification> RowAsync(long id)
    {
        await using var db = _lab.NewContext();
        return await db.Set<Notification>().AsNoTracking().SingleAsync(n => n.Id == id, Ct);
    }

    private async Task SetMailingAsync(long id, MailingState state)
    {
        var mailing = (await RowAsync(id)).MailingId;
        await _lab.SetAsync<Mailing>(m => m.Id == mailing, m => m.State = state);
    }

    private async Task<int> InFlightAsync(long id)
    {
        await using var db = _lab.NewContext();
        return await db.Set<InFlight>().CountAsync(f => f.NotificationId == id, Ct);
    }

    private async Task<int> AttemptsAsync(long id)
    {
        await using var db = _lab.NewContext();
        return await db.Set<Attempt>().CountAsync(a => a.NotificationId == id, Ct);
    }
}
