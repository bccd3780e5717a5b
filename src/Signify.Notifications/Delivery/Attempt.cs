using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery;

/// <summary>One try to send a notification, with the server's words.</summary>
public sealed class Attempt
{
    public required long NotificationId { get; init; }

    /// <summary>1, 2, 3 … within the notification, counting also those that used up no attempt.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required Route Route { get; init; }

    public required AttemptOutcome Outcome { get; init; }

    public FindingCode? Code { get; init; }

    /// <summary>The server's words, without secrets; of a sent one, its receipt.</summary>
    public string? Words { get; init; }
}

/// <summary>Stored as its number.</summary>
public enum AttemptOutcome
{
    Sent = 0,
    Failed = 1,

    /// <summary>Tried again later.</summary>
    Deferred = 2,

    InDoubt = 3,

    /// <summary>Stopped by something that is not this notification's fault; no attempt used up.</summary>
    Stopped = 4,
}

internal sealed class AttemptConfiguration : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> builder)
    {
        builder.ToTable("Attempts");
        builder.HasKey(a => new { a.NotificationId, a.Number });
        builder.HasOne<Notification>().WithMany().HasForeignKey(a => a.NotificationId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(a => a.Code).HasConversion<string>().HasMaxLength(40);
        builder.Property(a => a.Words).HasMaxLength(2000);
    }
}
