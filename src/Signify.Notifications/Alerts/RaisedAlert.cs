using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Alerts;

/// <summary>An alert as it was raised. Of one kind about one matter there is one in a ruleset until it has ended.</summary>
public sealed class RaisedAlert
{
    public required Guid Id { get; init; }

    public required Guid RulesetId { get; init; }

    public required AlertKind Kind { get; init; }

    public required string About { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it stopped being true; null while it is.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Each way it is told by, with what became of it.</summary>
    public ICollection<AlertDelivery> Deliveries { get; init; } = [];
}

internal sealed class RaisedAlertConfiguration : IEntityTypeConfiguration<RaisedAlert>
{
    public void Configure(EntityTypeBuilder<RaisedAlert> builder)
    {
        builder.ToTable("Alerts");
        builder.HasOne<Ruleset>().WithMany().HasForeignKey(a => a.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(a => a.Deliveries).WithOne().HasForeignKey(d => d.AlertId).OnDelete(DeleteBehavior.Cascade);
        // The database, not only the code: two processes that see the same failure raise it once.
        builder.HasIndex(a => new { a.RulesetId, a.Kind, a.About }, "IX_OneOpenAlert").IsUnique().HasFilter("\"EndedAt\" IS NULL");
        builder.HasIndex(a => new { a.RulesetId, a.At });
        builder.Property(a => a.Kind).HasConversion<string>().HasMaxLength(40);
        builder.Property(a => a.About).HasMaxLength(AlertWords.AboutLimit);
        builder.Property(a => a.Subject).HasMaxLength(AlertWords.SubjectLimit);
        builder.Property(a => a.Text).HasMaxLength(AlertWords.TextLimit);
    }
}
