using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>A migration that changes what stored values mean waits until no process of the version before runs.</summary>
public sealed class ExclusiveMigrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_process_of_the_version_before_sends_the_upgrade_is_refused_and_nothing_is_changed()
    {
        await using var database = await VersionBeforeAsync();
        await using var db = NewContext(database);
        await AddProcessAsync(db, "1 minute");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(database));

        Assert.Contains("Stop every process", refused.Message, StringComparison.Ordinal);
        Assert.Contains(await db.Database.GetPendingMigrationsAsync(Ct), m => m.EndsWith("_StateMachine", StringComparison.Ordinal));
        Assert.True(await HasCancelRequestedAsync(db));
    }

    [Fact]
    public async Task Once_it_has_stopped_or_has_not_been_seen_for_eight_seconds_the_upgrade_runs()
    {
        await using var database = await VersionBeforeAsync();
        await using var db = NewContext(database);
        await AddProcessAsync(db, "-5 seconds");

        await StartAsync(database);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
        Assert.False(await HasCancelRequestedAsync(db));
    }

    private static async Task<TestDatabase> VersionBeforeAsync()
    {
        var database = await TestDatabase.EmptyPostgreSqlAsync();
        await using var db = NewContext(database);
        await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First(), Ct);
        return database;
    }

    private static async Task StartAsync(TestDatabase database)
    {
        using var folder = new TestFolder();
        await using var library = await TestLibrary.StartAsync(folder, database.Configuration.ToDictionary(c => c.Key, c => c.Value));
    }

    private static PostgreSqlNotificationsDbContext NewContext(TestDatabase database) =>
        new(new DbContextOptionsBuilder<PostgreSqlNotificationsDbContext>().UseNpgsql(database.Connection + ";Pooling=false").Options);

    private static Task AddProcessAsync(PostgreSqlNotificationsDbContext db, string seen) => db.Database.ExecuteSqlAsync(
        $"""INSERT INTO "SenderProcesses" ("Id", "SeenAt") VALUES ('old', clock_timestamp() + {seen}::interval)""", Ct);

    private static Task<bool> HasCancelRequestedAsync(PostgreSqlNotificationsDbContext db) => db.Database.SqlQuery<bool>(
        $"""SELECT EXISTS (SELECT 1 FROM information_schema.columns WHERE column_name = 'CancelRequested') AS "Value" """).SingleAsync(Ct);
}
