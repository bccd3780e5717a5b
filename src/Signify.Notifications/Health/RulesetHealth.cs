using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Health;

/// <summary>What the watch has seen of a ruleset, and when its settings are checked again. Survives a restart, so that nothing is told twice and nothing is asked too often.</summary>
public sealed class RulesetHealth
{
    public required Guid RulesetId { get; init; }

    /// <summary>The active revision it speaks of.</summary>
    public Guid? RevisionId { get; set; }

    /// <summary>The last check that was seen, by whomever; null before the first.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    public bool? Passed { get; set; }

    /// <summary>The first finding of the last check when it failed.</summary>
    public FindingCode? Code { get; set; }

    /// <summary>How many checks failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>How far the back-off has come: see <see cref="RecheckSchedule"/>.</summary>
    public int Step { get; set; }

    /// <summary>Whoever takes the check up moves it ahead, so that no second process does the same.</summary>
    public required DateTimeOffset NextCheckAt { get; set; }

    /// <summary>When a check was last taken up by the program itself; null once its outcome was seen.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    public Hold Hold { get; set; }

    public DateTimeOffset? HeldAt { get; set; }

    /// <summary>The last hold for the configuration, kept after it ended: a hold that comes back soon goes on with the back-off.</summary>
    public DateTimeOffset? LastHeldAt { get; set; }

    /// <summary>The end of the credential that was last spoken of.</summary>
    public DateOnly? NoticedEndsOn { get; set; }

    /// <summary>The last of 60, 30, 14, 7, 1 and 0 days that was told of it.</summary>
    public int? NoticedDays { get; set; }

    /// <summary>Raised by each change: of two processes that look at once, one changes the row.</summary>
    public long Version { get; set; }
}

internal sealed class RulesetHealthConfiguration : IEntityTypeConfiguration<RulesetHealth>
{
    public void Configure(EntityTypeBuilder<RulesetHealth> builder)
    {
        builder.ToTable("Health");
        builder.HasKey(h => h.RulesetId);
        builder.HasOne<Ruleset>().WithOne().HasForeignKey<RulesetHealth>(h => h.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(h => h.NextCheckAt);
        builder.Property(h => h.Code).HasConversion<string>().HasMaxLength(40);
        builder.Property(h => h.Hold).HasConversion<string>().HasMaxLength(20);
        builder.Property(h => h.Version).IsConcurrencyToken();
    }
}
