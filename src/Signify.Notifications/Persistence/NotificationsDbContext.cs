using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence;

/// <summary>Names no table: each slice owns its rows and their configuration, and asks for them with <c>Set&lt;T&gt;()</c>.</summary>
public abstract class NotificationsDbContext(DbContextOptions options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NotificationsDbContext).Assembly);
}
