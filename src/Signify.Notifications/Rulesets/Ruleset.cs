using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Rulesets;

/// <summary>One organisation's set of rules. Owns its settings, API keys and users' access.</summary>
public sealed class Ruleset
{
    /// <summary>The ruleset a new installation starts with. Its administrators make others; see docs/decisions/0020.</summary>
    public static readonly Guid DefaultId = new("00000000-0000-0000-0000-000000000001");

    public required Guid Id { get; init; }

    /// <summary>As <see cref="RulesetName"/> lets it through. No two share one.</summary>
    public required string Name { get; set; }

    /// <summary>What names are found, sorted and told apart by: two that differ in capitals alone would be taken for each other.</summary>
    public string SortName
    {
        get => RulesetName.ToSort(Name);
        private set => _ = value;       // follows from the name
    }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether its members may do anything here only after a sign-in with two factors, or with a passkey.</summary>
    public bool RequireTwoFactor { get; set; }
}

internal sealed class RulesetConfiguration : IEntityTypeConfiguration<Ruleset>
{
    public void Configure(EntityTypeBuilder<Ruleset> builder)
    {
        builder.ToTable("Rulesets");
        builder.Property(r => r.Name).HasMaxLength(RulesetName.Longest);
        builder.Property(r => r.SortName).HasMaxLength(RulesetName.Longest).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.HasIndex(r => r.SortName).IsUnique();
        builder.HasData(new Ruleset { Id = Ruleset.DefaultId, Name = "Default", CreatedAt = DateTimeOffset.UnixEpoch });
    }
}
