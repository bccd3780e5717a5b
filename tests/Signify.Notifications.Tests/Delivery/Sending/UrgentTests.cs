using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>An urgent message goes before the messages that the sender has claimed already.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class UrgentTests
{
    private static readonly Dictionary<string, string?> Limited = new() { ["Pace:ExchangeOnline:MessagesPerMinute"] = "12000" };

    private readonly JumpTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Submitted straight into the database, as another process does.
    [Theory]
    [InlineData(SignIn.None)]
    [InlineData(SignIn.Token)]
    public async Task It_goes_next_on_the_first_connection_that_is_free(SignIn signIn)
    {
        await using var lab = await PumpLab.StartAsync(signIn, BatchSize.Large, _time, Limited);
        await lab.HandInAsync(100);
        var submitted = false;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new ConcurrentQueue<string>();
        using var claims = SubmitAfter(lab, arrivals: 20, async () =>
        {
            await lab.HandInAsync(1, Priority.Urgent);
            Volatile.Write(ref submitted, true);
        });
        var submit = lab.Server.Before;
        // What begins after the submission waits at the server for the urgent one: one of three connections must bring it.
        lab.Server.Before = async a =>
        {
            var late = Volatile.Read(ref submitted);
            begun.Enqueue(a.To);
            await submit(a);
            if (Number(a.To) > 100)
            {
                arrived.TrySetResult();
            }

            await (late ? arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct) : Task.CompletedTask);
        };

        await lab.DrainAsync();

        var order = begun.ToList();
        Assert.InRange(order.IndexOf("r101@contoso.com"), 20, 28);
        Assert.Equal((101, 101), (order.Count, order.Distinct().Count()));
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
    }

    [Theory]
    [InlineData(SignIn.None)]
    [InlineData(SignIn.Token)]
    public async Task All_of_an_urgent_mailing_go_before_the_claimed_messages(SignIn signIn)
    {
        await using var lab = await PumpLab.StartAsync(signIn, BatchSize.Large, _time, Limited);
        await lab.HandInAsync(100);
        using var claims = SubmitAfter(lab, arrivals: 5, () => lab.HandInAsync(150, Priority.Urgent));

        await lab.DrainAsync();

        var order = lab.Server.Arrived.Select(a => a.To).ToList();
        // A few may be late, as the threads of a busy machine are; without the rule all of them are.
        Assert.InRange(order.Take(180).Count(to => Number(to) > 100), 140, 150);
        Assert.Equal((250, 250), (order.Count, order.Distinct().Count()));
    }

    [Fact]
    public async Task What_was_claimed_ahead_and_not_sent_goes_back_when_the_mailbox_stops()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Large, time: _time);
        await lab.HandInAsync(100);
        using var claims = SubmitAfter(lab, arrivals: 5, () => lab.HandInAsync(20, Priority.Urgent));
        lab.Server.Answer = a => Number(a.To) > 100
            ? new SendOutcome.Stopped(StopKind.Configuration, new Finding(FindingCode.SendAsDenied, "No.", "Fix it."), "554 5.2.252", null)
            : new SendOutcome.Accepted("250 OK");

        await lab.DrainAsync();

        Assert.Equal(Hold.Configuration, (await lab.MailboxAsync()).Hold);
        Assert.All((await lab.RowsAsync()).Where(n => Number(n.To) > 100), n =>
            Assert.Equal((NotificationState.Queued, 0), (n.State, n.Attempts)));
        Assert.DoesNotContain(await lab.RowsAsync(), n => n.State is NotificationState.Claimed or NotificationState.Canceling);
    }

    [Fact]
    public async Task Those_of_the_senders_own_next_claim_do_not_queue_after_the_others()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Large, time: _time);
        await lab.HandInAsync(90);
        var claims = 0;
        var claimed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = ClaimListener.Start(lab, () =>
        {
            if (Interlocked.Increment(ref claims) == 1)
            {
                lab.HandInAsync(5, Priority.Urgent).GetAwaiter().GetResult();
                return;
            }

            claimed.TrySetResult();
        });
        lab.Server.Before = async _ =>
        {
            await claimed.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);
            // The claim is done, and the sender is about to hand it out: the others must not be through before.
            await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
        };

        await lab.DrainAsync();

        var order = lab.Server.Arrived.Select(a => Number(a.To)).ToList();
        Assert.Equal(95, order.Count);
        Assert.InRange(order.FindLastIndex(n => n > 90), 4, 60);
    }

    [Fact]
    public async Task Urgent_messages_that_cannot_be_sent_delay_no_others()
    {
        await using var lab = await PumpLab.StartAsync(batchSize: BatchSize.Large, time: _time);
        var contexts = new CountedContexts(lab.Parts.Contexts);
        var parts = lab.Parts with
        {
            Outbox = new Outbox(contexts, lab.Library.Get<WriteTurn>(), lab.Library.Get<SenderIdentity>(),
            _time)
        };
        var paused = await lab.HandInAsync(3, Priority.Urgent);
        await lab.ChangeAsync(db => db.Set<Mailing>().Where(m => m.Id == paused)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailingState.Paused), Ct));
        await lab.HandInAsync(100);
        // The queue is queried before each message.
        lab.Server.Before = _ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(150));
            return Task.CompletedTask;
        };
        await using var pump = Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(parts, PumpLab.MailboxId, Ct));

        await pump.DrainAsync(Ct);

        Assert.Equal(100, lab.Server.Accepted.Count(to => Number(to) > 3));
        Assert.Equal(100, lab.Server.Arrived.Count);
        // About one claim a second of its clock, and not one for each message.
        Assert.InRange(contexts.Created, 2, 50);
    }

    // All connections wait for it, and the last query of the queue is old by then. The sender itself claims no more in this run.
    private MeterListener SubmitAfter(PumpLab lab, int arrivals, Func<Task> submit)
    {
        var submitted = new Lazy<Task>(async () =>
        {
            await submit();
            _time.Advance(TimeSpan.FromMilliseconds(150));
        });
        lab.Server.Before = _ => lab.Server.Arrived.Count >= arrivals ? submitted.Value : Task.CompletedTask;
        var first = true;
        return ClaimListener.Start(lab, () =>
        {
            _time.Advance(first ? TimeSpan.FromSeconds(2) : TimeSpan.Zero);
            first = false;
        });
    }

    /// <summary>The queue opens one for each claim.</summary>
    private sealed class CountedContexts(IDbContextFactory<NotificationsDbContext> contexts) : IDbContextFactory<NotificationsDbContext>
    {
        private int _created;

        public int Created => _created;

        public NotificationsDbContext CreateDbContext()
        {
            Interlocked.Increment(ref _created);
            return contexts.CreateDbContext();
        }
    }

    private static int Number(string address) =>
        int.Parse(address.AsSpan(1, address.IndexOf('@', StringComparison.Ordinal) - 1), System.Globalization.CultureInfo.InvariantCulture);
}
