using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Delivery;

/// <summary>One message to one person. The row is the only truth: an engine that dies loses nothing but its place in line.</summary>
public sealed class Notification
{
    public long Id { get; init; }

    public required int MailboxId { get; init; }

    public required long MailingId { get; init; }

    /// <summary>The bare address, the domain in lower case.</summary>
    public required string To { get; init; }

    public string? ToName { get; init; }

    /// <summary>Further recipients as an address list in RFC 5322 form; each counts against the provider's limit.</summary>
    public string? Cc { get; init; }

    /// <summary>Merge fields of this recipient: a JSON object.</summary>
    public string? Fields { get; init; }

    public required NotificationState State { get; set; }

    public required Priority Priority { get; init; }

    /// <summary>
    /// Its place among its equals. The k-th of a mailing gets the turn at which the mailbox stood at hand-in plus k, so that
    /// mailings take turns and none starves another (start-time fair queuing).
    /// </summary>
    public required long Turn { get; init; }

    /// <summary>Not tried before: <c>notBefore</c>, or the next attempt.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it came to its outcome.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How often DATA was begun, or a server refused it before.</summary>
    public int Attempts { get; set; }

    /// <summary>The epoch it was claimed under.</summary>
    public long Epoch { get; set; }
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.HasOne<Mailing>().WithMany().HasForeignKey(n => n.MailingId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(n => n.To).HasMaxLength(320);
        builder.Property(n => n.ToName).HasMaxLength(200);
        builder.Property(n => n.Cc).HasMaxLength(4000);
        // The queue: only what waits is in it, in the order in which it goes.
        builder.HasIndex(n => new { n.MailboxId, n.Priority, n.Turn, n.Id }, "IX_Queue").HasFilter("\"State\" = 0");
        builder.HasIndex(n => new { n.MailboxId, n.DueAt }, "IX_Scheduled").HasFilter("\"State\" = 1");
        builder.HasIndex(n => new { n.MailboxId, n.Epoch }, "IX_InHand").HasFilter("\"State\" IN (3, 4)");
        builder.HasIndex(n => new { n.MailboxId, n.Id }, "IX_Activity");
        builder.HasIndex(n => new { n.MailingId, n.State, n.Id }, "IX_OfMailing");
        builder.HasIndex(n => new { n.MailboxId, n.To, n.Id }, "IX_To").IsDescending(false, false, true);
        builder.HasIndex(n => new { n.MailboxId, n.State, n.Id }, "IX_Outcomes").HasFilter("\"State\" >= 5");
        builder.HasIndex(n => new { n.MailboxId, n.ExpiresAt }, "IX_Expiring").HasFilter("\"ExpiresAt\" IS NOT NULL AND \"State\" < 3");
    }
}
