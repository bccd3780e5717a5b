using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence.PostgreSql.Membership;

namespace Signify.Notifications.Persistence.PostgreSql;

/// <summary>Several processes share it, and with it the key ring, which the embedded database leaves to files beside it, and the list of the processes.</summary>
public sealed class PostgreSqlNotificationsDbContext(DbContextOptions<PostgreSqlNotificationsDbContext> options)
    : NotificationsDbContext(options), IDataProtectionKeyContext
{
    private const int AfterSeeds = 1000;

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().HaveConversion<StorableText>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<DataProtectionKey>().ToTable("DataProtectionKeys");
        ClusterMember.Configure(modelBuilder);
        ClusterView.Configure(modelBuilder);
        SenderProcess.Configure(modelBuilder);
        modelBuilder.StoreTextsAsSqlite();
        // A row that a migration brings does not move the sequence: the next insert would get its number again.
        foreach (var key in modelBuilder.Model.GetEntityTypes().Where(t => t.GetSeedData().Any()).SelectMany(t => t.FindPrimaryKey()!.Properties))
        {
            if (key.ClrType == typeof(int) || key.ClrType == typeof(long))
            {
                key.SetIdentityStartValue(AfterSeeds);
            }
        }
    }
}
