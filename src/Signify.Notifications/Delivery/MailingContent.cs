using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Delivery;

/// <summary>What a mailing says, once for all its recipients: Liquid templates (of a single notification: plain words).</summary>
public sealed class MailingContent
{
    public long MailingId { get; init; }

    public required string Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    /// <summary>Whether <c>{{field}}</c> is merged. Off for a single notification, whose braces are its own.</summary>
    public required bool Merges { get; init; }
}

/// <summary>A file that goes with every message of the mailing.</summary>
public sealed class MailingAttachment
{
    public long MailingId { get; init; }

    /// <summary>1, 2, 3 … within the mailing.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Content { get; init; }
}

internal sealed class MailingContentConfiguration : IEntityTypeConfiguration<MailingContent>, IEntityTypeConfiguration<MailingAttachment>
{
    public void Configure(EntityTypeBuilder<MailingContent> builder)
    {
        builder.ToTable("MailingContents");
        builder.HasKey(c => c.MailingId);
        builder.HasOne<Mailing>().WithOne().HasForeignKey<MailingContent>(c => c.MailingId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(c => c.Subject).HasMaxLength(2000);
    }

    public void Configure(EntityTypeBuilder<MailingAttachment> builder)
    {
        builder.ToTable("MailingAttachments");
        builder.HasKey(a => new { a.MailingId, a.Number });
        builder.HasOne<Mailing>().WithMany().HasForeignKey(a => a.MailingId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(a => a.Name).HasMaxLength(255);
        builder.Property(a => a.ContentType).HasMaxLength(255);
    }
}
