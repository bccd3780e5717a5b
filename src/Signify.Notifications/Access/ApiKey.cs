using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>A key of a ruleset's HTTP API. The key itself is known to its holder only; the row keeps a hash.</summary>
public sealed class ApiKey
{
    public required Guid Id { get; init; }

    public required Guid RulesetId { get; init; }

    public required string Name { get; init; }

    /// <summary>The first characters, to recognise the key by.</summary>
    public required string Prefix { get; init; }

    public required byte[] Hash { get; init; }

    public required ApiKeyScopes Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Refused from then on; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.HasOne<Ruleset>().WithMany().HasForeignKey(k => k.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(k => k.Hash).IsUnique();
        // The audit log names a key by its name: no two keys in use share one.
        builder.HasIndex(k => new { k.RulesetId, k.Name }, "IX_ApiKeys_Name").IsUnique().HasFilter("\"RevokedAt\" IS NULL");
        builder.Property(k => k.Name).HasMaxLength(ApiKeys.NameLimit);
        builder.Property(k => k.Prefix).HasMaxLength(12);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Scopes).HasConversion<string>().HasMaxLength(60);
        builder.Property(k => k.CreatedBy).HasMaxLength(320);
        builder.Property(k => k.RevokedBy).HasMaxLength(320);
    }
}
