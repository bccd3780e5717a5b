using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>What a user may do in a ruleset.</summary>
public sealed class RulesetMember
{
    public required Guid RulesetId { get; init; }

    public required Guid UserId { get; init; }

    public required MemberRole Role { get; set; }
}

internal sealed class RulesetMemberConfiguration : IEntityTypeConfiguration<RulesetMember>
{
    public void Configure(EntityTypeBuilder<RulesetMember> builder)
    {
        builder.ToTable("RulesetMembers");
        builder.HasKey(m => new { m.RulesetId, m.UserId });
        builder.HasOne<Ruleset>().WithMany().HasForeignKey(m => m.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => m.UserId);
        builder.Property(m => m.Role).HasConversion<string>().HasMaxLength(20);
    }
}
