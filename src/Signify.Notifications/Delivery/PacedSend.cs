using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Delivery;

/// <summary>
/// A message that counts against the provider's limits. Apart from the notifications, so that deleting those does not make the
/// program forget what it sent; kept for the longest window, 24 hours. None for a mailbox without limits.
/// </summary>
public sealed class PacedSend
{
    public required int MailboxId { get; init; }

    /// <summary>When it had gone, by our clock: never earlier than the server counts it.</summary>
    public required DateTimeOffset At { get; init; }

    public required long NotificationId { get; init; }

    public required int Recipients { get; init; }

    /// <summary>The mailbox at Microsoft that it was sent from; null for a relay with configured limits.</summary>
    public string? MailboxKey { get; init; }
}

/// <summary>What came to an outcome in one quarter of an hour: what the chart draws, whatever was deleted since.</summary>
public sealed class OutcomeTally
{
    public required int MailboxId { get; init; }

    /// <summary>The beginning of the quarter.</summary>
    public required DateTimeOffset At { get; init; }

    public int Sent { get; set; }

    public int Failed { get; set; }
}

internal sealed class PacedSendConfiguration : IEntityTypeConfiguration<PacedSend>, IEntityTypeConfiguration<OutcomeTally>
{
    public void Configure(EntityTypeBuilder<PacedSend> builder)
    {
        builder.ToTable("PacedSends");
        builder.HasKey(s => new { s.MailboxId, s.At, s.NotificationId });
        builder.Property(s => s.MailboxKey).HasMaxLength(400);
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(s => s.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<OutcomeTally> builder)
    {
        builder.ToTable("OutcomeTallies");
        builder.HasKey(t => new { t.MailboxId, t.At });
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(t => t.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
