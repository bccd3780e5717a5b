using Microsoft.EntityFrameworkCore;
using Npgsql;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending.Recording;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class PostgreSqlRecordTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_recorded_is_found_by_its_key_however_small_the_tables_are()
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        var lab = await PumpLab.StartAsync(configuration: new Dictionary<string, string?>(database.Configuration));
        await using (lab)
        {
            await lab.HandInAsync(400);
            await lab.DrainAsync();
            Assert.All(await lab.RowsAsync(), n => Assert.Equal(NotificationState.Sent, n.State));
        }

        NpgsqlConnection.ClearAllPools();
        // Each of the hundreds of commits would have read them all.
        Assert.InRange(await ScansAsync(database.Connection!), 0, 3);
    }

    [Fact]
    public async Task The_same_lines_again_beside_new_ones_change_nothing_more()
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        await using var lab = await PumpLab.StartAsync(configuration: new Dictionary<string, string?>(database.Configuration));
        await lab.HandInAsync(3);
        var outbox = lab.Library.Get<Outbox>();
        var epoch = Assert.NotNull(await outbox.TakeOverAsync(PumpLab.MailboxId, Ct));
        var claimed = await outbox.ClaimAsync(PumpLab.MailboxId, epoch, 3, Ct);
        await using var record = await IRecordConnection.OpenAsync(lab.Library.Get<IDbContextFactory<NotificationsDbContext>>());
        RecordLine zeroth = new(null, claimed[0], true, 1, 1), first = new(Sent(claimed[0]), claimed[1], true, 1, 1), second = new(Sent(claimed[1]), claimed[2], true, 1, 1);

        await record.CommitAsync([zeroth]);
        await record.CommitAsync([first]);
        // As after a connection that was lost in mid-commit: nobody knows whether the first was written.
        await record.CommitAsync([first, second]);
        await record.CommitAsync([first, second]);

        await using var db = lab.Library.NewContext();
        Assert.Equal([NotificationState.Sent, NotificationState.Sent, NotificationState.Claimed], await db.Set<Notification>().OrderBy(n => n.Id).Select(n => n.State).ToListAsync(Ct));
        Assert.Equal((2, 2), (await db.Set<Attempt>().CountAsync(Ct), (await db.Set<Mailing>().SingleAsync(Ct)).Sent));
        Assert.True(second.Begun);
    }

    private static Ending Sent(InHand of)
    {
        var at = new DateTimeOffset(2026, 11, 24, 8, 30, 0, TimeSpan.Zero);
        return new() { Of = of, Event = NotificationEvent.Sent, At = at.AddSeconds(1), Attempt = new AttemptMade(at, Route.Smtp, AttemptOutcome.Sent, null, "250 OK") };
    }

    private static async Task<long> ScansAsync(string connection)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync(Ct);
        await using var ask = new NpgsqlCommand("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'Attempts'", open);
        return (long)(await ask.ExecuteScalarAsync(Ct))!;
    }
}
