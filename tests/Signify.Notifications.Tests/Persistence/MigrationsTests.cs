using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>The start does not ask it: a model that was changed without a migration would run until the first statement that misses a column.</summary>
public sealed class MigrationsTests
{
    [Fact]
    public async Task Each_change_of_the_model_has_its_migration_on_SQLite()
    {
        await using var db = new SqliteNotificationsDbContext(new DbContextOptionsBuilder<SqliteNotificationsDbContext>().UseSqlite("Data Source=:memory:").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Each_change_of_the_model_has_its_migration_on_PostgreSQL()
    {
        await using var db = new PostgreSqlNotificationsDbContext(new DbContextOptionsBuilder<PostgreSqlNotificationsDbContext>().UseNpgsql("Host=none.invalid").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }
}
