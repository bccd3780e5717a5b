using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Tests.Delivery.HandIn.HandInLab;

namespace Signify.Notifications.Tests.Delivery.HandIn;

/// <summary>What is said to be queued is on disk; what is not on disk is not said to be queued.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
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

        Assert.Equal(1, await _lab.SqlAsync($"SELECT COUNT(*) FROM \"Notifications\" WHERE \"Id\" = {queued.Id} AND \"State\" = 0"));
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task What_is_answered_is_on_the_disk_though_the_power_fails()
    {
        await using var db = _lab.Rows.NewContext();
        await db.Database.OpenConnectionAsync(Ct);

        Assert.Equal([2], await db.Database.SqlQuery<int>($"SELECT synchronous AS \"Value\" FROM pragma_synchronous").ToListAsync(Ct));
    }

    [Theory]
    [InlineData("INSERT ON \"Notifications\"")]
    [InlineData("INSERT ON \"MailingContents\"")]
    [InlineData("UPDATE OF \"SinglesTurn\" ON \"Mailboxes\"")]
    public async Task A_notification_whose_commit_fails_is_not_acknowledged_and_leaves_nothing(string where)
    {
        await _lab.BreakAsync(where);

        Assert.IsType<HandInOutcome.NotStored>(await _lab.HandInAsync(Message(), key: "once"));

        Assert.Equal(0, await _lab.SqlAsync("SELECT COUNT(*) FROM \"Mailings\"") + await _lab.SqlAsync("SELECT COUNT(*) FROM \"HandInKeys\""));
        await _lab.MendAsync();
        Assert.IsType<HandInOutcome.NotificationQueued>(await _lab.HandInAsync(Message(), key: "once"));
    }

    [Theory]
    [InlineData("INSERT ON \"Notifications\"")]
    [InlineData("UPDATE OF \"State\" ON \"Mailings\"")]
    [InlineData("INSERT ON \"HandInKeys\"")]
    public async Task A_mailing_whose_last_commit_fails_is_not_acknowledged_and_leaves_nothing_to_send(string where)
    {
        await _lab.BreakAsync(where);

        Assert.IsType<HandInOutcome.NotStored>(await _lab.HandInAsync(Head(), People(5000), key: "once"));

        Assert.Equal(0, await _lab.SqlAsync("SELECT COUNT(*) FROM \"Mailings\" WHERE \"State\" = 1"));
        await _lab.MendAsync();
        var queued = Assert.IsType<HandInOutcome.MailingQueued>(await _lab.HandInAsync(Head(), People(5000), key: "once"));
        Assert.Equal(5000, queued.Accepted);
    }

    [Fact]
    public async Task Notifications_that_come_while_others_write_share_one_transaction()
    {
        await _lab.HandInAsync(Message());
        await WatchAsync();
        Task<HandInOutcome>[] together;
        await using (await _lab.HoldWritersAsync())
        {
            // Without a key to look for, each one lines up before the call comes back.
            together = [.. Enumerable.Range(0, 100).Select(i => _lab.HandInAsync(Message($"Subject {i}")))];
        }

        var outcomes = await Task.WhenAll(together);

        Assert.Equal(100, outcomes.Cast<HandInOutcome.NotificationQueued>().Select(q => q.Id).Distinct().Count());
        // SinglesTurn is written once in each transaction; the first may have begun with whoever was there.
        Assert.InRange(await _lab.SqlAsync("SELECT COUNT(*) FROM seen"), 1, 2);
        Assert.Equal(101, await _lab.SqlAsync("SELECT COUNT(*) FROM \"Mailings\" WHERE \"State\" = 1 AND \"Total\" = 1"));

        async Task WatchAsync()
        {
            await _lab.SqlAsync("CREATE TABLE seen (x INTEGER)");
            await _lab.SqlAsync(TestDatabase.OnPostgreSql
                ? """
                  CREATE FUNCTION seeing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (1); RETURN NULL; END $$;
                  CREATE TRIGGER seeing AFTER UPDATE OF "SinglesTurn" ON "Mailboxes" FOR EACH ROW EXECUTE FUNCTION seeing()
                  """
                : "CREATE TRIGGER seeing AFTER UPDATE OF SinglesTurn ON Mailboxes BEGIN INSERT INTO seen VALUES (1); END");
        }
    }

    [Fact]
    public async Task A_cancelled_notification_that_waits_for_its_turn_is_not_written()
    {
        await _lab.HandInAsync(Message());
        using var caller = new CancellationTokenSource();
        Task<HandInOutcome> before, waiting;
        await using (await _lab.HoldWritersAsync())
        {
            before = _lab.HandInAsync(Message());
            await WritingAsync();
            waiting = _lab.Queue.HandInAsync(Caller(), Message(), caller.Token);
            await caller.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await before;
        Assert.Equal(2, await _lab.SqlAsync("SELECT COUNT(*) FROM \"Notifications\""));

        // The transaction of the one before has begun: it waits for the row. On SQLite its turn takes whoever is there then.
        async Task WritingAsync()
        {
            while (TestDatabase.OnPostgreSql && await _lab.SqlAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            {
                await Task.Delay(5, Ct);
            }
        }
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

        Assert.Equal(0, await _lab.SqlAsync("SELECT COUNT(*) FROM \"Mailings\" WHERE \"State\" = 1"));
    }
}
