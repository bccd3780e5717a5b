using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Delivery;

/// <summary>Notifications handed in together. A notification handed in alone is a mailing of one (<see cref="OfOne"/>).</summary>
public sealed class Mailing
{
    public long Id { get; init; }

    public required int MailboxId { get; init; }

    public required bool OfOne { get; init; }

    public required string Name { get; init; }

    public required MailingState State { get; set; }

    public required Priority Priority { get; init; }

    public required OnDoubt OnDoubt { get; init; }

    /// <summary>Also the Date of every message of it, unless <see cref="NotBefore"/> is later.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What follows the notification's number in its Message-ID: random characters, @, and the domain at hand-in. Fixed for ever.</summary>
    public required string MessageIdSuffix { get; init; }

    /// <summary>The span it was handed in under (W3C <c>traceparent</c>), for those who trace; null when nobody did.</summary>
    public string? TraceParent { get; init; }

    /// <summary>A control changed <see cref="State"/>, and its notifications do not all agree yet: the control sweep brings them round.</summary>
    public bool RowsFollow { get; set; }

    // Kept by the transactions that change notifications, so that progress costs one row.
    public int Total { get; set; }

    public int Sent { get; set; }

    public int Failed { get; set; }

    public int InDoubt { get; set; }

    public int Cancelled { get; set; }

    public int Expired { get; set; }

    public DateTimeOffset? FirstSentAt { get; set; }

    public DateTimeOffset? LastSentAt { get; set; }
}

internal sealed class MailingConfiguration : IEntityTypeConfiguration<Mailing>
{
    public void Configure(EntityTypeBuilder<Mailing> builder)
    {
        builder.ToTable("Mailings");
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(m => m.MailboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.MailboxId, m.OfOne, m.Id }, "IX_MailingsListed");
        builder.HasIndex(m => new { m.MailboxId, m.State }, "IX_MailingsNotActive").HasFilter("\"State\" <> 1");
        // The few that still have something to go, among all that were ever handed in.
        builder.HasIndex(m => new { m.MailboxId, m.Id }, "IX_MailingsUnfinished")
            .HasFilter("\"Total\" > \"Sent\" + \"Failed\" + \"InDoubt\" + \"Cancelled\" + \"Expired\"");
        builder.HasIndex(m => new { m.MailboxId, m.Id }, "IX_MailingsRowsFollow").HasFilter("\"RowsFollow\"");
        builder.Property(m => m.Name).HasMaxLength(200);
        builder.Property(m => m.CreatedBy).HasMaxLength(320);
        builder.Property(m => m.MessageIdSuffix).HasMaxLength(300);
        builder.Property(m => m.TraceParent).HasMaxLength(55);
    }
}
