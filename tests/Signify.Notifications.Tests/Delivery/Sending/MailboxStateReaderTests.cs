using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Mailbox states that many senders ask for concurrently: few queries, and nobody waits for another's fault.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class MailboxStateReaderTests : IAsyncLifetime
{
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Callers_that_arrive_during_a_query_share_the_next_one()
    {
        var (_, second) = await _lab.AddRulesetAsync("Second");
        var contexts = new GatedContexts(_lab);
        var reader = new MailboxStateReader(contexts, _lab.Time);

        var first = reader.ReadAsync(1, Ct);
        await contexts.Asked.WaitAsync(Ct);
        var others = Enumerable.Range(0, 200).Select(i => reader.ReadAsync(i % 2 == 0 ? 1 : second, Ct)).ToList();
        contexts.Open();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, contexts.Count);
        Assert.Equal(2, others.Select(o => o.Result.RulesetId).Distinct().Count());
    }

    [Fact]
    public async Task A_change_before_the_call_is_in_the_state_that_it_returns()
    {
        var contexts = new GatedContexts(_lab);
        var reader = new MailboxStateReader(contexts, _lab.Time);
        var before = reader.ReadAsync(1, Ct);
        await contexts.Asked.WaitAsync(Ct);
        await _lab.SetAsync<Mailbox>(m => m.Id == 1, m => m.Hold = Hold.Person);

        var after = reader.ReadAsync(1, Ct);
        contexts.Open();

        await before;
        Assert.Equal(Hold.Person, (await after).Hold);
    }

    [Fact]
    public async Task A_missing_mailbox_and_a_canceled_caller_do_not_affect_the_others()
    {
        var contexts = new GatedContexts(_lab);
        var reader = new MailboxStateReader(contexts, _lab.Time);
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = reader.ReadAsync(1, Ct);
        await contexts.Asked.WaitAsync(Ct);

        var (missing, impatient, other) = (reader.ReadAsync(4711, Ct), reader.ReadAsync(1, canceled.Token), reader.ReadAsync(1, Ct));
        await canceled.CancelAsync();
        contexts.Open();

        await running;
        await Assert.ThrowsAsync<InvalidOperationException>(() => missing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(TestLibrary.Ruleset, (await other).RulesetId);
    }

    [Fact]
    public async Task A_query_that_fails_fails_its_callers_and_not_the_next_ones()
    {
        var contexts = new GatedContexts(_lab) { Failures = 1 };
        contexts.Open();
        var reader = new MailboxStateReader(contexts, _lab.Time);

        await Assert.ThrowsAsync<TimeoutException>(() => reader.ReadAsync(1, Ct));

        Assert.Equal(TestLibrary.Ruleset, (await reader.ReadAsync(1, Ct)).RulesetId);
    }

    [Fact]
    public async Task More_mailboxes_than_one_query_takes_are_all_read()
    {
        var contexts = new GatedContexts(_lab);
        var reader = new MailboxStateReader(contexts, _lab.Time);
        var first = reader.ReadAsync(1, Ct);
        await contexts.Asked.WaitAsync(Ct);

        var missing = Enumerable.Range(10_000, 1_200).Select(id => reader.ReadAsync(id, Ct)).ToList();
        contexts.Open();

        await first;
        await Task.WhenAll(missing.Select(m => Assert.ThrowsAsync<InvalidOperationException>(() => m)));
        Assert.Equal(4, contexts.Count);
    }

    [Fact]
    public async Task A_state_has_all_of_its_values()
    {
        await _lab.AddAsync(MailingState.Active, [NotificationState.Scheduled], expiresAt: _lab.Now.AddMinutes(-1));
        await _lab.SetAsync<Notification>(n => n.MailboxId == 1, n => n.DueAt = _lab.Now);
        await _lab.SetAsync<Mailbox>(m => m.Id == 1, m =>
        {
            (m.Hold, m.HeldAt, m.Waits, m.PaceShare, m.PaceSharedAt) = (Hold.Configuration, _lab.Now, 3, 0.5, _lab.Now.AddMinutes(2));
            (m.WaitUntil, m.WaitCode) = (_lab.Now.AddMinutes(5), FindingCode.ServerBusy);
        });
        var mailbox = await _lab.MailboxAsync();

        var state = await new MailboxStateReader(_lab.Get<IDbContextFactory<NotificationsDbContext>>(), _lab.Time).ReadAsync(1, Ct);

        Assert.Equal((mailbox.RulesetId, mailbox.Epoch, mailbox.ControlVersion), (state.RulesetId, state.Epoch, state.ControlVersion));
        Assert.Equal((Hold.Configuration, _lab.Now), (state.Hold, state.HeldAt));
        Assert.Equal((_lab.Now.AddMinutes(5), FindingCode.ServerBusy, 3), (state.WaitUntil, state.WaitCode, state.Waits));
        Assert.Equal((0.5, _lab.Now.AddMinutes(2)), (state.PaceShare, state.PaceSharedAt));
        Assert.True(state is { RowsBehind: true, BecameDue: true, UrgentWaits: false });
    }

    /// <summary>Counts the queries; the first waits until it is opened.</summary>
    private sealed class GatedContexts(DeliveryLab lab) : IDbContextFactory<NotificationsDbContext>
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task Asked => _asked.Task;

        public int Count => _count;

        public int Failures { get; init; }

        public void Open() => _open.TrySetResult();

        public NotificationsDbContext CreateDbContext() => throw new NotSupportedException();

        public async Task<NotificationsDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            var count = Interlocked.Increment(ref _count);
            _asked.TrySetResult();
            await _open.Task;
            return count <= Failures ? throw new TimeoutException("No connection in time.") : lab.NewContext();
        }
    }
}
