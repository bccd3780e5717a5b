using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Alerts;

/// <summary>One alert on its way by one channel.</summary>
public sealed class AlertDelivery
{
    public long Id { get; init; }

    public Guid AlertId { get; init; }

    public required AlertChannel Channel { get; init; }

    public required AlertDeliveryState State { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Not tried before. Moved ahead by whoever takes it up, so that no second process does.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    /// <summary>What became of the last try, in words without addresses and secrets.</summary>
    public string? LastWords { get; set; }
}

internal sealed class AlertDeliveryConfiguration : IEntityTypeConfiguration<AlertDelivery>
{
    public void Configure(EntityTypeBuilder<AlertDelivery> builder)
    {
        builder.ToTable("AlertDeliveries");
        builder.HasIndex(d => d.DueAt, "IX_AlertsToTell").HasFilter("\"State\" = 'Waiting'");
        builder.Property(d => d.Channel).HasConversion<string>().HasMaxLength(20);
        builder.Property(d => d.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(d => d.LastWords).HasMaxLength(AlertWords.ResultLimit);
    }
}
