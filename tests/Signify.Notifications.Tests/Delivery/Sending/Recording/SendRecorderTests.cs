using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Telemetry;

namespace Signify.Notifications.Tests.Delivery.Sending.Recording;

/// <summary>The recorder's promises: nothing ends it, no mailbox delays others, and it says when it cannot do its work.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SendRecorderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exception_of_any_type_does_not_end_it()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var claimed = await ClaimAsync(lab, 1);
        var contexts = new FailingContexts(lab.Get<IDbContextFactory<NotificationsDbContext>>(), failures: 3);
        await using var recorder = Recorder(lab, contexts);

        var written = recorder.WriteAsync(null, claimed[0], durable: true);
        await AdvanceUntilAsync(lab, written);

        Assert.True(await written);
        Assert.Equal(TimeSpan.Zero, recorder.Delay);
    }

    [Fact]
    public async Task A_line_that_need_not_wait_for_others_is_written_before_the_call_returns()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var claimed = await ClaimAsync(lab, 2);
        await using var recorder = Recorder(lab, lab.Get<IDbContextFactory<NotificationsDbContext>>());

        Assert.True(recorder.WriteAsync(null, claimed[0], durable: false).IsCompletedSuccessfully);
        Task<bool> waiting;
        using (await lab.Get<WriteTurn>().TakeAsync(Ct))
        {
            waiting = recorder.WriteAsync(null, claimed[1], durable: false);
            Assert.False(waiting.IsCompleted);
        }

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Lines_that_came_during_a_commit_share_the_next_one()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var claimed = await ClaimAsync(lab, 50);
        await using var recorder = Recorder(lab, lab.Get<IDbContextFactory<NotificationsDbContext>>());
        using var commits = new Heard(lab.Get<Instruments>());
        Task<bool>[] written;
        using (await lab.Get<WriteTurn>().TakeAsync(Ct))
        {
            written = [.. claimed.Select(n => recorder.WriteAsync(null, n, durable: false))];
        }

        Assert.All(await Task.WhenAll(written), Assert.True);
        Assert.Equal(2, commits.Collect()["signify.record.commit.duration"]);
    }

    [Fact]
    public async Task A_line_that_cannot_be_written_does_not_keep_the_others_and_is_reported()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var claimed = await ClaimAsync(lab, 2);
        // Claiming is no result: there is no statement for it.
        var unwritable = new Ending { Of = claimed[0], Event = NotificationEvent.Claim, At = lab.Now };
        var contexts = new FailingContexts(lab.Get<IDbContextFactory<NotificationsDbContext>>(), failures: 0);
        var recorder = Recorder(lab, contexts);

        var poison = recorder.WriteAsync(unwritable, null, durable: true);
        await contexts.Asked.ReadAsync(Ct);
        var other = recorder.WriteAsync(null, claimed[1], durable: true);
        await AdvanceUntilAsync(lab, other);

        Assert.True(await other);
        Assert.False(poison.IsCompleted);
        lab.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(recorder.IsStuck);
        Assert.True(recorder.IsStuckAlone);
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task A_locked_mailbox_does_not_delay_the_results_of_others()
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        await using var lab = await DeliveryLab.StartAsync(new Dictionary<string, string?>(database.Configuration));
        var (_, second) = await lab.AddRulesetAsync("Second");
        var (locked, free) = ((await ClaimAsync(lab, 1))[0], (await ClaimAsync(lab, 1, second))[0]);
        await using var recorder = Recorder(lab, lab.Get<IDbContextFactory<NotificationsDbContext>>());
        await using var db = lab.NewContext();
        var transaction = await db.BeginForMailboxAsync(1, Ct);

        var waiting = recorder.WriteAsync(null, locked, durable: true);
        var written = await recorder.WriteAsync(null, free, durable: true);

        Assert.True(written);
        Assert.False(waiting.IsCompleted);
        await transaction.CommitAsync(Ct);
        Assert.True(await waiting);
    }

    /// <summary>Asked for at once again, the recorder would do nothing else until the lock is gone.</summary>
    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task Results_of_a_locked_mailbox_are_left_alone_for_a_moment()
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        await using var lab = await DeliveryLab.StartAsync(new Dictionary<string, string?>(database.Configuration));
        var sent = (await ClaimAsync(lab, 1)).ToList();
        await using var writer = new RecordWriter(
            lab.Get<IDbContextFactory<NotificationsDbContext>>(), lab.Get<WriteTurn>(), lab.Get<Instruments>(), lab.Time, NullLogger.Instance);
        var attempt = new AttemptMade(lab.Now, Route.Smtp, AttemptOutcome.Sent, null, "250 OK");
        var ending = new Ending { Of = sent[0], Event = NotificationEvent.Sent, At = lab.Now, Attempt = attempt };
        await writer.CommitAsync([new RecordLine(null, sent[0], durable: false, 1, 1)], _ => { });
        await writer.CommitAsync([new RecordLine(ending, null, durable: false, 1, 1)], _ => { });
        await using var db = lab.NewContext();
        var transaction = await db.BeginForMailboxAsync(1, Ct);

        Assert.Equal(sent, await writer.SettleAsync(sent));
        Assert.NotEqual(TimeSpan.Zero, writer.PauseBeforeSettling);

        await transaction.CommitAsync(Ct);
        Assert.Empty(await writer.SettleAsync(sent));
        Assert.Equal(TimeSpan.Zero, writer.PauseBeforeSettling);
    }

    private static async Task<IReadOnlyList<InHand>> ClaimAsync(DeliveryLab lab, int count, int mailbox = 1)
    {
        await lab.AddAsync(MailingState.Active, [.. Enumerable.Repeat(NotificationState.Queued, count)], mailbox);
        var outbox = lab.Get<Outbox>();
        var epoch = Assert.NotNull(await outbox.TakeOverAsync(mailbox, Ct));
        return await outbox.ClaimAsync(mailbox, epoch, count, Ct);
    }

    /// <summary>The pauses between tries are the clock's; what is between them takes the time it takes.</summary>
    private static async Task AdvanceUntilAsync(DeliveryLab lab, Task done)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!done.IsCompleted && await again.WaitForNextTickAsync(Ct))
        {
            lab.Time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private static SendRecorder Recorder(DeliveryLab lab, IDbContextFactory<NotificationsDbContext> contexts) => new(
        contexts, lab.Get<WriteTurn>(), lab.Get<DeliverySignals>(), lab.Get<Instruments>(), lab.Time, NullLogger<SendRecorder>.Instance);

    /// <summary>As a driver that fails with an exception of its own kind.</summary>
    private sealed class FailingContexts(IDbContextFactory<NotificationsDbContext> real, int failures) : IDbContextFactory<NotificationsDbContext>
    {
        private readonly Channel<int> _asked = Channel.CreateUnbounded<int>();
        private int _count;

        public ChannelReader<int> Asked => _asked.Reader;

        public NotificationsDbContext CreateDbContext()
        {
            var count = ++_count;
            _asked.Writer.TryWrite(count);
            return count <= failures ? throw new InvalidOperationException("The connection is in a state of its own.") : real.CreateDbContext();
        }
    }
}
