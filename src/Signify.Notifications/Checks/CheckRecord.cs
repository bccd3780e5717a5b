using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>The last check of a revision, kept for the page and the API.</summary>
public sealed class CheckRecord
{
    public required Guid RevisionId { get; init; }

    public required Guid RulesetId { get; init; }

    public required DateTimeOffset StartedAt { get; set; }

    public required bool Passed { get; set; }

    /// <summary>The <see cref="CheckReport"/> and its transcript as JSON.</summary>
    public required string Report { get; set; }
}

internal sealed class CheckRecordConfiguration : IEntityTypeConfiguration<CheckRecord>
{
    public void Configure(EntityTypeBuilder<CheckRecord> builder)
    {
        builder.ToTable("Checks");
        builder.HasKey(c => c.RevisionId);
        builder.HasOne<SettingsRevision>().WithMany().HasForeignKey(c => c.RevisionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.RulesetId);
    }
}
