using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Access;

/// <summary>The open one-time link with which a user sets their password. Only its hash is kept; a new one replaces it.</summary>
public sealed class Invitation
{
    public required Guid UserId { get; init; }

    public required byte[] TokenHash { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public required string CreatedBy { get; set; }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.HasKey(i => i.UserId);
        builder.HasOne<User>().WithOne().HasForeignKey<Invitation>(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => i.TokenHash).IsUnique();
        builder.Property(i => i.TokenHash).HasMaxLength(32);
        builder.Property(i => i.CreatedBy).HasMaxLength(320);
    }
}
