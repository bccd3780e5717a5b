using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Persistence;

public static class PersistenceServices
{
    /// <exception cref="StartRefusedException">The data folder, the provider or the key certificate cannot be used.</exception>
    internal static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        var database = configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        if (database.Provider != DatabaseProvider.Sqlite)
        {
            throw new StartRefusedException("Database:Provider is PostgreSql, which this version does not have yet. Set it to Sqlite.");
        }

        var data = configuration.GetSection("Data").Get<DataOptions>() ?? new DataOptions();
        var folder = DataFolder.Open(Path.GetFullPath(data.Directory, contentRoot));
        services.AddSingleton(_ => folder);
        services.AddKeyRing(configuration.GetSection("Keys").Get<KeyRingOptions>() ?? new KeyRingOptions(), folder);
        services.AddSqlite(configuration.GetConnectionString("Notifications") ?? $"Data Source={folder.DatabaseFile}");
        return services;
    }

    /// <summary>Brings the database to this version's shape.</summary>
    /// <exception cref="StartRefusedException">The database cannot be read or written.</exception>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken ct)
    {
        // The container lets go of the folder at its end only when it has handed it out once.
        var folder = services.GetRequiredService<DataFolder>();
        await using var db = await services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(ct);
        try
        {
            // EF looks read-only whether there is a database; an empty file has to be made one first.
            await db.Database.OpenConnectionAsync(ct);
            await db.Database.MigrateAsync(ct);
        }
        catch (DbException ex)
        {
            throw new StartRefusedException(
                $"The database in {folder.Path} cannot be used ({ex.Message.TrimEnd('.')}). It may be damaged, read-only or on a full disk. Mend that, or put the folder back from a backup.", ex);
        }
    }

    private static void AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.AddPooledDbContextFactory<SqliteNotificationsDbContext>(options =>
            options.UseSqlite(connectionString).AddInterceptors(new SqlitePragmas()));
        services.AddSingleton<IDbContextFactory<NotificationsDbContext>, SqliteContexts>();
        services.AddSingleton<WriteTurn>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContext());
    }

    private static void AddKeyRing(this IServiceCollection services, KeyRingOptions keys, DataFolder folder)
    {
        var protection = services.AddDataProtection()
            .SetApplicationName("Signify.Notifications")
            .PersistKeysToFileSystem(new DirectoryInfo(folder.KeysDirectory));
        if (keys.Certificate is { Length: > 0 } path)
        {
            protection.ProtectKeysWithCertificate(LoadCertificate(path, keys.CertificatePassword));
        }
    }

    private static X509Certificate2 LoadCertificate(string path, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey
                ? certificate
                : throw new StartRefusedException($"Keys:Certificate names {path}, which holds no private key. Export the certificate with its key as PFX.");
        }
        catch (Exception ex) when (ex is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"Keys:Certificate names {path}, which cannot be opened. Check the path, the file's rights and Keys:CertificatePassword.", ex);
        }
    }

    private sealed class SqliteContexts(IDbContextFactory<SqliteNotificationsDbContext> contexts) : IDbContextFactory<NotificationsDbContext>
    {
        public NotificationsDbContext CreateDbContext() => contexts.CreateDbContext();
    }
}
