using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Signify.Notifications.Persistence.Moving;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Persistence;

public static class PersistenceServices
{
    /// <exception cref="StartRefusedException">The data folder, the connection string or the key certificate cannot be used.</exception>
    internal static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        var database = configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        var keys = configuration.GetSection("Keys").Get<KeyRingOptions>() ?? new KeyRingOptions();
        var data = configuration.GetSection("Data").Get<DataOptions>() ?? new DataOptions();
        var path = Path.GetFullPath(data.Directory, contentRoot);
        var connection = configuration.GetConnectionString("Notifications");
        services.AddSingleton(Options.Create(database)).AddSingleton(Options.Create(keys));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContext());
        if (database.Provider == DatabaseProvider.PostgreSql)
        {
            var shared = DataFolder.OpenShared(path);
            return services.AddSingleton(_ => shared).AddPostgreSql(connection).AddKeyRing(keys, protection => protection.PersistToDatabase());
        }

        RefuseLostDatabase(configuration, contentRoot, data);
        var folder = DataFolder.Open(path);
        return services.AddSingleton(_ => folder)
            .AddSqlite(connection ?? $"Data Source={folder.DatabaseFile}")
            .AddKeyRing(keys, protection => protection.PersistTo(folder));
    }

    /// <summary>
    /// Keys without a database are an installation that lost it. Started as a new one it would accept notifications, know none of its
    /// users and settings, and stand in the way of the restore.
    /// </summary>
    private static void RefuseLostDatabase(IConfiguration configuration, string contentRoot, DataOptions data)
    {
        if (data.New || SqlitePlace.Of(configuration, contentRoot) is not { } place || !DataFolder.HasKeys(place.Folder)
            || place.Database is ":memory:" || new FileInfo(place.Database) is { Exists: true, Length: > 0 })
        {
            return;
        }

        throw new StartRefusedException(
            $"The database {place.Database} is {(File.Exists(place.Database) ? "empty" : "missing")}, and "
            + $"{Path.Combine(place.Folder, "keys")} has the keys of an earlier installation. "
            + "Put the database back or restore a backup. "
            + "To start over without its users, settings and notifications, start once with --new.");
    }

    /// <summary>Whether each change of the model has its migration is asked by a test, and not by every start: it takes a tenth of one.</summary>
    internal static DbContextOptionsBuilder WithoutModelComparison(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    /// <summary>Brings the database to this version's shape.</summary>
    /// <exception cref="StartRefusedException">
    /// The database cannot be read or written, was moved away, or may not be migrated while other processes run; or the certificate of
    /// its key ring is missing in Production or another one.
    /// </exception>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken ct)
    {
        // The container lets go of the folder at its end only when it has handed it out once.
        var folder = services.GetRequiredService<DataFolder>();
        services.RequireKeyCertificate();
        await using var db = await services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(ct);
        try
        {
            // EF looks read-only whether there is a database; an empty file has to be made one first.
            await db.Database.OpenConnectionAsync(ct);
            await using var alone = await PostgreSqlStorage.MigrateAloneAsync(db, ct);
            await MoveMark.RefuseAsync(db, ct);
            await ExclusiveMigrations.RefuseAsync(db, ct);
            await db.Database.MigrateAsync(ct);
            services.RefuseForeignKeyRing(db);
            foreach (var step in services.GetServices<IDatabaseStep>())
            {
                await step.RunAsync(db, ct);
            }

            services.GetService<DatabaseFileGuard>()?.Watch(db.Database.GetDbConnection());
        }
        catch (DbException ex) when (db.Database.IsNpgsql())
        {
            throw new StartRefusedException(
                $"PostgreSQL cannot be used ({ex.Message.TrimEnd('.')}). Look at ConnectionStrings:Notifications, at whether the server runs and lets this machine in, and at the rights of the account: it must own its database.", ex);
        }
        catch (DbException ex)
        {
            throw new StartRefusedException(
                $"The database in {folder.Path} cannot be used ({ex.Message.TrimEnd('.')}). It may be damaged, read-only or on a full disk. Mend that, or put the folder back from a backup.", ex);
        }
    }

    /// <summary>Keys that lie in the same database as the secrets protect nothing unless something outside it protects them.</summary>
    private static void RequireKeyCertificate(this IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.PostgreSql
            && string.IsNullOrEmpty(services.GetRequiredService<IOptions<KeyRingOptions>>().Value.Certificate)
            && services.GetService<IHostEnvironment>()?.IsProduction() == true)
        {
            throw new StartRefusedException(
                "With PostgreSQL the key ring lies in the database, beside the secrets that it opens. Name a certificate with its private key (PFX) in Keys:Certificate, the same for every process.");
        }
    }
}
