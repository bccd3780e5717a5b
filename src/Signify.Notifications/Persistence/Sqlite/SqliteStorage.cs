using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Signify.Notifications.Persistence.Sqlite;

/// <summary>The embedded database: one file, one process.</summary>
internal static class SqliteStorage
{
    public static IServiceCollection AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<SqliteNotificationsDbContext>((provider, options) =>
            options.UseSqlite(connectionString)
                .AddInterceptors(provider.GetRequiredService<DatabaseFileGuard>(), new SqlitePragmas()).WithoutModelComparison());
        return services
            .AddSingleton<IDbContextFactory<NotificationsDbContext>, Contexts>()
            .AddSingleton<DatabaseFileGuard>()
            .AddSingleton(_ => WriteTurn.OneAtATime());
    }

    private sealed class Contexts(IDbContextFactory<SqliteNotificationsDbContext> contexts) : IDbContextFactory<NotificationsDbContext>
    {
        public NotificationsDbContext CreateDbContext() => contexts.CreateDbContext();
    }
}
