using Microsoft.AspNetCore.DataProtection;
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

    public static IDataProtectionBuilder PersistTo(this IDataProtectionBuilder protection, DataFolder folder) =>
        protection.PersistKeysToFileSystem(new DirectoryInfo(folder.KeysDirectory));

    public static IDataProtectionBuilder PersistToDatabase(this IDataProtectionBuilder protection) =>
        protection.PersistKeysToDbContext<PostgreSqlNotificationsDbContext>();
}
