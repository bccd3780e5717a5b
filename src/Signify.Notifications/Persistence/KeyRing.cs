using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence.PostgreSql;

namespace Signify.Notifications.Persistence;

/// <summary>Where the keys lie that close the stored secrets, and what protects them there.</summary>
internal static class KeyRing
{
    public static IServiceCollection AddKeyRing(this IServiceCollection services, KeyRingOptions keys, Func<IDataProtectionBuilder, IDataProtectionBuilder> persist)
    {
        var protection = persist(services.AddDataProtection().SetApplicationName("Signify.Notifications"));
        if (keys.Certificate is { Length: > 0 } path)
        {
            protection.ProtectKeysWithCertificate(PfxFile.Load("Keys:Certificate", path, keys.CertificatePassword));
        }

        if (keys.Former.Count > 0)
        {
            protection.UnprotectKeysWithAnyCertificate([.. keys.Former.Select((former, i) =>
                PfxFile.Load($"Keys:Former:{i}:Certificate", former.Certificate ?? "", former.CertificatePassword))]);
        }

        return services;
    }

    /// <summary>
    /// A process that cannot open the keys that it shares with others would make a new one, which they cannot open and so make another:
    /// sessions would end at every turn, and what is saved then could be read by none of the others.
    /// </summary>
    /// <exception cref="StartRefusedException">None of the keys in the database opens.</exception>
    public static void RefuseForeignKeyRing(this IServiceProvider services, NotificationsDbContext db)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        var keys = services.GetRequiredService<IKeyManager>().GetAllKeys();
        if (keys.Count > 0 && !keys.Any(Opens))
        {
            throw new StartRefusedException(
                "The key ring in the database was closed with another certificate than Keys:Certificate names, and none of its keys opens. Name the certificate that the other processes use, or in Keys:Former the one that was used before. "
                + "Only if it is lost for good: stop all processes, delete the rows of the table DataProtectionKeys and start again; the settings page then names the secrets to enter again.");
        }
    }

    private static bool Opens(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception ex) when (ex is CryptographicException or InvalidOperationException)
        {
            return false;
        }
    }

    public static IDataProtectionBuilder PersistTo(this IDataProtectionBuilder protection, DataFolder folder) =>
        protection.PersistKeysToFileSystem(new DirectoryInfo(folder.KeysDirectory));

    public static IDataProtectionBuilder PersistToDatabase(this IDataProtectionBuilder protection) =>
        protection.PersistKeysToDbContext<PostgreSqlNotificationsDbContext>();
}
