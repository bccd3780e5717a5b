using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Rulesets;

/// <summary>One organisation's set of rules. Owns its settings, API keys and users' access.</summary>
public sealed class Ruleset
{
    /// <summary>The ruleset a new installation starts with.</summary>
    public static readonly Guid DefaultId = new("00000000-0000-0000-0000-000000000001");

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class RulesetConfiguration : IEntityTypeConfiguration<Ruleset>
{
    public void Configure(EntityTypeBuilder<Ruleset> builder)
    {
        builder.ToTable("Rulesets");
        builder.Property(r => r.Name).HasMaxLength(200);
        builder.HasIndex(r => r.Name).IsUnique();
        builder.HasData(new Ruleset { Id = Ruleset.DefaultId, Name = "Default", CreatedAt = DateTimeOffset.UnixEpoch });
    }
}
