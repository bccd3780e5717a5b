using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Signify.Notifications.Persistence.PostgreSql;

/// <summary>The database that several processes share.</summary>
internal static class PostgreSqlStorage
{
    // Any number, the same in all versions of this program.
    private const long MigrationLock = 0x5349_474E_4946_5901;

    /// <summary>
    /// A process that was frozen or cut off in mid-transaction holds the row of its mailbox: the server ends such a session, so that the
    /// next owner waits for seconds and not for hours.
    /// </summary>
    // And no compiling of plans: those of our questions are dear by the planner's measure only, and compiling took four times as long as asking.
    private const string SessionLimits =
        "-c jit=off -c idle_in_transaction_session_timeout=5000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=8000";

    /// <exception cref="StartRefusedException">The connection string is missing or cannot be read.</exception>
    public static IServiceCollection AddPostgreSql(this IServiceCollection services, string? connectionString)
    {
        var connection = Connection(connectionString);
        services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        services.AddPooledDbContextFactory<PostgreSqlNotificationsDbContext>((provider, options) =>
            // Npgsql's own strategy hides a lost connection in an InvalidOperationException; what we retry, we retry ourselves.
            options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.ExecutionStrategy(d => new NonRetryingExecutionStrategy(d)))
                .WithoutModelComparison());
        return services
            .AddSingleton<IDbContextFactory<NotificationsDbContext>, Contexts>()
            .AddSingleton(_ => WriteTurn.AllAtOnce());
    }

    /// <summary>Lets one of several processes that start together bring the database to its shape; the others wait and find it done.</summary>
    /// <returns>Null where the database is a process's own.</returns>
    public static async Task<IAsyncDisposable?> MigrateAloneAsync(NotificationsDbContext db, CancellationToken ct)
    {
        if (!db.Database.IsNpgsql())
        {
            return null;
        }

        await LockAsync("pg_advisory_lock", ct);
        return new Deed(() => LockAsync("pg_advisory_unlock", CancellationToken.None));

        Task LockAsync(string function, CancellationToken until) =>
            db.Database.ExecuteSqlRawAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT {function}({MigrationLock})"), until);
    }

    /// <exception cref="StartRefusedException">It is missing or cannot be read.</exception>
    internal static string Connection(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            throw new StartRefusedException("Database:Provider is PostgreSql: say where it is in ConnectionStrings:Notifications, for example Host=db1;Database=signify;Username=signify;Password=….");
        }

        try
        {
            var connection = new NpgsqlConnectionStringBuilder(given);
            connection.Options = $"{SessionLimits} {connection.Options}".TrimEnd();
            connection.ApplicationName ??= "Signify Notifications";
            return connection.ConnectionString;
        }
        catch (ArgumentException ex)
        {
            // Its message may quote the value, and the value may be a password.
            throw new StartRefusedException($"ConnectionStrings:Notifications cannot be read as a connection string of Npgsql ({ex.GetType().Name}). It is a list of Name=Value, parted by semicolons.");
        }
    }

    private sealed class Contexts(IDbContextFactory<PostgreSqlNotificationsDbContext> contexts) : IDbContextFactory<NotificationsDbContext>
    {
        public NotificationsDbContext CreateDbContext() => contexts.CreateDbContext();
    }

    private sealed class Deed(Func<Task> deed) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await deed();
    }
}
