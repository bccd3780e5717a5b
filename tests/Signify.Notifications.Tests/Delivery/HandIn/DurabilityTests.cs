using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Persistence;
using static Signify.Notifications.Tests.Delivery.HandIn.HandInLab;

namespace Signify.Notifications.Tests.Delivery.HandIn;

/// <summary>What is said to be queued is on disk; what is not on disk is not said to be queued.</summary>
public sealed class DurabilityTests : IAsyncLifetime
{
    private HandInLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await HandInLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Another_connection_sees_a_notification_as_soon_as_it_is_answered()
    {
        var queued = Assert.IsType<HandInOutcome.NotificationQueued>(await _lab.HandInAsync(Message()));

        Assert.Equal(1, await _lab.SqlAsync($"SELECT COUNT(*) FROM Notifications WHERE Id = {queued.Id} AND State = 0"));
        Assert.Equal(2, await _lab.SqlAsync("PRAGMA synchronous"));
    }

    [Theory]
    [InlineData("INSERT ON Notifications")]
    [InlineData("INSERT ON MailingContents")]
    [InlineData("UPDATE OF SinglesTurn ON Mailboxes")]
    public async Task A_notification_whose_commit_fails_is_not_acknowledged_and_leaves_nothing(string where)
    {
        await _lab.BreakAsync(where);

        Assert.IsType<HandInOutcome.NotStored>(await _lab.HandInAsync(Message(), key: "once"));

        Assert.Equal(0, await _lab.SqlAsync("SELECT COUNT(*) FROM Mailings") + await _lab.SqlAsync("SELECT COUNT(*) FROM HandInKeys"));
        await _lab.MendAsync();
        Assert.IsType<HandInOutcome.NotificationQueued>(await _lab.HandInAsync(Message(), key: "once"));
    }

    [Theory]
    [InlineData("INSERT ON Notifications")]
    [InlineData("UPDATE OF State ON Mailings")]
    [InlineData("INSERT ON HandInKeys")]
    public async Task A_mailing_whose_last_commit_fails_is_not_acknowledged_and_leaves_nothing_to_send(string where)
    {
        await _lab.BreakAsync(where);

        Assert.IsType<HandInOutcome.NotStored>(await _lab.HandInAsync(Head(), People(5000), key: "once"));

        Assert.Equal(0, await _lab.SqlAsync("SELECT COUNT(*) FROM Mailings WHERE State = 1"));
        await _lab.MendAsync();
        var queued = Assert.IsType<HandInOutcome.MailingQueued>(await _lab.HandInAsync(Head(), People(5000), key: "once"));
        Assert.Equal(5000, queued.Accepted);
    }

    [Fact]
    public async Task Notifications_that_come_while_others_write_share_one_transaction()
    {
        await _lab.HandInAsync(Message());
        var before = await TransactionsAsync();
        Task<HandInOutcome>[] together;
        using (await _lab.Rows.Get<WriteTurn>().TakeAsync(Ct))
        {
            together = [.. Enumerable.Range(0, 100).Select(i => _lab.HandInAsync(Message($"Subject {i}"), key: $"key-{i}"))];
            await WaitingAsync();
        }

        var outcomes = await Task.WhenAll(together);

        Assert.Equal(100, outcomes.Cast<HandInOutcome.NotificationQueued>().Select(q => q.Id).Distinct().Count());
        // SinglesTurn is written once in each transaction.
        Assert.InRange(await TransactionsAsync() - before, 1, 3);
        Assert.Equal(101, await _lab.SqlAsync("SELECT COUNT(*) FROM Mailings WHERE State = 1 AND Total = 1"));

        async Task<long> TransactionsAsync()
        {
            await _lab.SqlAsync("CREATE TABLE IF NOT EXISTS Seen (X)");
            await _lab.SqlAsync("CREATE TRIGGER IF NOT EXISTS Seeing AFTER UPDATE OF SinglesTurn ON Mailboxes BEGIN INSERT INTO Seen VALUES (1); END");
            return await _lab.SqlAsync("SELECT COUNT(*) FROM Seen");
        }

        // Each call has looked for its key before it lines up: once the last one is under way, most of them wait.
        async Task WaitingAsync()
        {
            var last = _lab.HandInAsync(Message("a second call with the same key"), key: "key-99");
            Assert.IsType<HandInOutcome.KeyBusy>(await last);
        }
    }

    [Fact]
    public async Task A_cancelled_notification_that_waits_for_its_turn_is_not_written()
    {
        await _lab.HandInAsync(Message());
        using var caller = new CancellationTokenSource();
        Task<HandInOutcome> waiting;
        using (await _lab.Rows.Get<WriteTurn>().TakeAsync(Ct))
        {
            waiting = _lab.Queue.HandInAsync(Caller(), Message(), caller.Token);
            await caller.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, await _lab.SqlAsync("SELECT COUNT(*) FROM Notifications"));
    }

    [Fact]
    public async Task Whoever_sends_and_whoever_watches_is_told()
    {
        var shown = _lab.Rows.Get<DeliverySignals>().NextAsync(1);

        await _lab.HandInAsync(Head(), People(2));

        await shown.WaitAsync(Ct);
        Assert.True(_lab.Rows.Get<HandInSignal>().Raised.TryRead(out var mailbox));
        Assert.Equal(1, mailbox);
    }

    [Fact]
    public async Task What_the_callers_own_list_throws_is_the_callers()
    {
        static async IAsyncEnumerable<NewRecipient> Broken()
        {
            yield return new NewRecipient(1, "a@contoso.com");
            await Task.CompletedTask;
            throw new Microsoft.Data.Sqlite.SqliteException("the caller's own database", 1);
        }

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => _lab.Queue.HandInAsync(Caller(), Head(), Broken(), Ct));

        Assert.Equal(0, await _lab.SqlAsync("SELECT COUNT(*) FROM Mailings WHERE State = 1"));
    }
}
