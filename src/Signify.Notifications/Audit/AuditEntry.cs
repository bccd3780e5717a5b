using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Audit;

/// <summary>Who did what, when. Written in the transaction of the deed; never changed. Secrets appear as fingerprints only.</summary>
public sealed class AuditEntry
{
    public required Guid Id { get; init; }

    public required Guid RulesetId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required AuditAction Action { get; init; }

    /// <summary>What it was done to: "revision 7", "user anna@contoso.com", "API key payroll".</summary>
    public required string Target { get; init; }

    public string? Details { get; init; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.HasOne<Ruleset>().WithMany().HasForeignKey(e => e.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(e => new { e.RulesetId, e.At, e.Id });
        builder.Property(e => e.By).HasMaxLength(320);
        builder.Property(e => e.Action).HasConversion<string>().HasMaxLength(40);
        builder.Property(e => e.Target).HasMaxLength(400);
        builder.Property(e => e.Details).HasMaxLength(4000);
    }
}
