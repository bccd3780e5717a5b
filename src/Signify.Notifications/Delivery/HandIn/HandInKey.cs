using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>An <c>Idempotency-Key</c> and the answer it got: the same call again gets the same answer and hands nothing in.</summary>
public sealed class HandInKey
{
    public required int MailboxId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the body.</summary>
    public required byte[] BodyHash { get; init; }

    public required long MailingId { get; init; }

    /// <summary>The answer's JSON.</summary>
    public required string Answer { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class HandInKeyConfiguration : IEntityTypeConfiguration<HandInKey>
{
    public void Configure(EntityTypeBuilder<HandInKey> builder)
    {
        builder.ToTable("HandInKeys");
        builder.HasKey(k => new { k.MailboxId, k.Key });
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(k => k.MailboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(k => k.CreatedAt);
        builder.Property(k => k.Key).HasMaxLength(255);
        builder.Property(k => k.BodyHash).HasMaxLength(32);
    }
}
