using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Delivery;
using Signify.Notifications.Health.Figures;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Telemetry;

/// <summary>What is read from the database: right, seldom, and by indexes.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ClusterGaugesTests
{
    // The lab hands in at eight.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 10, 0, TimeSpan.Zero));
    private readonly Commands _commands = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Depth_and_age_are_those_of_what_waits_in_all_states()
    {
        await using var lab = await StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        Assert.Equal(0, heard.Collect()["signify.queue.age"]);
        var paused = await lab.HandInAsync(4);
        await lab.HandInAsync(3);
        await lab.HandInAsync(2, notBefore: _time.GetUtcNow().AddHours(1));
        await lab.ChangeAsync(async db =>
        {
            await db.Set<Mailing>().Where(m => m.Id == paused).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailingState.Paused), Ct);
            await db.Set<Notification>().Where(n => n.MailingId == paused).ExecuteUpdateAsync(
                set => set.SetProperty(n => n.State, NotificationState.Paused).SetProperty(n => n.DueAt, _time.GetUtcNow().AddDays(-1)), Ct);
            await db.Set<Notification>().Where(n => n.Id == 5).ExecuteUpdateAsync(set => set.SetProperty(n => n.State, NotificationState.Claimed), Ct);
        });
        _time.Advance(TimeSpan.FromSeconds(11));

        var numbers = heard.Collect();

        Assert.Equal((4, 4, 1), (numbers["signify.queue.depth signify.queue.state=waiting"], numbers["signify.queue.depth signify.queue.state=paused"], numbers["signify.queue.depth signify.queue.state=in-hand"]));
        Assert.Equal(611, numbers["signify.queue.age"]);
    }

    [Fact]
    public async Task The_age_is_that_of_the_longest_due_whatever_its_priority_and_also_of_one_that_waited_for_its_time()
    {
        await using var lab = await StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        await lab.HandInAsync(1, Priority.Low);
        await lab.HandInAsync(200, Priority.Urgent);
        await lab.ChangeAsync(db => db.Set<Notification>().Where(n => n.Priority == Priority.Urgent).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.DueAt, _time.GetUtcNow()), Ct));
        Assert.Equal(600, heard.Collect()["signify.queue.age"]);

        await lab.HandInAsync(1, notBefore: _time.GetUtcNow().AddHours(-2));
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(7211, heard.Collect()["signify.queue.age"]);
    }

    [Fact]
    public async Task The_credential_that_ends_first_is_told_and_none_while_none_is_known()
    {
        await using var lab = await StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        Assert.DoesNotContain("signify.credential.time_left", heard.Collect().Keys);
        await lab.ActivateAsync(SignIn.Token);
        await lab.ChangeAsync(db => db.Set<SettingsRevision>().Where(r => r.SignIn == SignIn.Token).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.SecretExpiresOn, new DateOnly(2026, 12, 3)), Ct));
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(10, heard.Collect()["signify.credential.time_left"]);
    }

    [Fact]
    public async Task The_database_is_asked_once_in_ten_seconds_however_often_somebody_collects()
    {
        await using var lab = await StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        _commands.Count = 0;

        heard.Collect();
        var once = _commands.Count;
        heard.Collect();
        _time.Advance(TimeSpan.FromSeconds(9));
        heard.Collect();
        var still = _commands.Count;
        _time.Advance(TimeSpan.FromSeconds(2));
        heard.Collect();

        Assert.Equal((4, 4, 8), (once, still, _commands.Count));
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_told_rather_than_what_was()
    {
        await using var lab = await StartAsync();
        using var heard = new Heard(lab.Library.Get<Instruments>());
        Assert.Contains("signify.queue.age", heard.Collect().Keys);
        await lab.ChangeAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Mailings\" RENAME TO \"Gone\"", Ct));
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.DoesNotContain(heard.Collect().Keys, key => key.StartsWith("signify.queue", StringComparison.Ordinal) || key.StartsWith("signify.mailboxes", StringComparison.Ordinal));
        Assert.Contains(lab.Library.Logs.Lines, line => line.Contains("did not answer the metrics", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_table_that_grows_is_read_by_an_index_that_holds_only_what_waits()
    {
        await using var lab = await StartAsync();
        await using var db = lab.Library.NewContext();
        var plans = new List<string>();

        foreach (var sql in (string[])[FiguresReader.Left(db).ToQueryString(), FiguresReader.InHand(db).ToQueryString(), FiguresReader.Heads(db, _time.GetUtcNow()).ToQueryString()])
        {
            plans.AddRange(await PlanAsync(db.Database.GetDbConnection(), sql));
        }

        var onRows = plans.Where(p => p.Contains("SCAN", StringComparison.Ordinal) || p.Contains("SEARCH", StringComparison.Ordinal)).ToList();
        Assert.Contains(onRows, p => p.StartsWith("SCAN m USING INDEX IX_MailingsUnfinished", StringComparison.Ordinal));
        Assert.Contains(onRows, p => p.Contains("IX_InHand", StringComparison.Ordinal));
        Assert.Equal(3, onRows.Count(p => p.Contains("IX_Queue", StringComparison.Ordinal)));
        Assert.Contains(onRows, p => p.Contains("IX_Scheduled", StringComparison.Ordinal));
        Assert.DoesNotContain(plans, p => p.StartsWith("SCAN n", StringComparison.Ordinal) && !p.Contains("INDEX", StringComparison.Ordinal));
    }

    private static async Task<List<string>> PlanAsync(DbConnection connection, string sql)
    {
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        // The values of parameters stand before the query in a form that only a shell reads.
        var query = sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..];
        command.CommandText = "EXPLAIN QUERY PLAN " + System.Text.RegularExpressions.Regex.Replace(query, @"@\w+", "100");
        var lines = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Ct))
        {
            while (await reader.ReadAsync(Ct))
            {
                lines.Add(reader.GetString(3));
            }
        }

        await connection.CloseAsync();
        return lines;
    }

    private async Task<PumpLab> StartAsync()
    {
        var lab = await PumpLab.StartAsync(time: _time, services: services => services.ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(_commands)));
        lab.MakeGauges();
        return lab;
    }

    private sealed class Commands : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Count++;
            return result;
        }
    }
}
