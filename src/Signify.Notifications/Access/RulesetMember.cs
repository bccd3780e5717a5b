using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>What a user may do in a ruleset. While the offer is open they may do nothing there, and no query finds the row unless it says so.</summary>
public sealed class RulesetMember
{
    public required Guid RulesetId { get; init; }

    public required Guid UserId { get; init; }

    public required MemberRole Role { get; set; }

    /// <summary>The one-time link by which somebody who has an account already takes the access up; null when they have.</summary>
    public byte[]? OfferHash { get; set; }

    public DateTimeOffset? OfferExpiresAt { get; set; }
}

internal sealed class RulesetMemberConfiguration : IEntityTypeConfiguration<RulesetMember>
{
    public void Configure(EntityTypeBuilder<RulesetMember> builder)
    {
        builder.ToTable("RulesetMembers");
        builder.HasKey(m => new { m.RulesetId, m.UserId });
        // An offer is no access: whoever forgets to ask for it must not give any.
        builder.HasQueryFilter(m => m.OfferHash == null);
        builder.HasOne<Ruleset>().WithMany().HasForeignKey(m => m.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => new { m.UserId, m.RulesetId });
        builder.HasIndex(m => m.OfferHash).IsUnique();
        builder.Property(m => m.OfferHash).HasMaxLength(32);
        builder.Property(m => m.Role).HasConversion<string>().HasMaxLength(20);
    }
}
