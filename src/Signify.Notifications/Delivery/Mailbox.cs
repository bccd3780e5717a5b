using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Findings;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Delivery;

/// <summary>The From mailbox of a ruleset, as the sender sees it: who owns it, whether it may send, and at which pace. One owner in the whole cluster.</summary>
public sealed class Mailbox
{
    public int Id { get; init; }

    public required Guid RulesetId { get; init; }

    /// <summary>Raised by each new owner. A claim under an older epoch gets nothing: no engine is a fence, this number is.</summary>
    public long Epoch { get; set; }

    /// <summary>The process that sends for it (<see cref="Sending.SenderIdentity"/>); null when none does. While that process lives, no other takes over.</summary>
    public string? Owner { get; set; }

    /// <summary>
    /// The mailbox at Microsoft that its newest owner sends from (<see cref="Settings.MailboxKey"/>); null for a relay. While that
    /// owner lives, no other process sends from it, for whichever ruleset.
    /// </summary>
    public string? MailboxKey { get; set; }

    /// <summary>Raised by each hold, resume, pause and cancel, so that a sender with messages in hand sees that it must look again.</summary>
    public long ControlVersion { get; set; }

    /// <summary>The turn of the newest claim: where new mailings join the queue. See <see cref="Notification.Turn"/>.</summary>
    public long Turn { get; set; }

    /// <summary>The turn given to the newest single notification.</summary>
    public long SinglesTurn { get; set; }

    public Hold Hold { get; set; }

    public DateTimeOffset? HeldAt { get; set; }

    /// <summary>The person or key that held it; null when the program did.</summary>
    public string? HeldBy { get; set; }

    /// <summary>What the program held it for.</summary>
    public FindingCode? HoldCode { get; set; }

    /// <summary>What happened and the server's words, without secrets.</summary>
    public string? HoldWords { get; set; }

    /// <summary>Until when nothing is tried: the provider asked for it, a limit is reached, or the road is broken.</summary>
    public DateTimeOffset? WaitUntil { get; set; }

    public FindingCode? WaitCode { get; set; }

    public string? WaitWords { get; set; }

    /// <summary>How often in a row it had to wait: the next wait grows with it.</summary>
    public int Waits { get; set; }

    /// <summary>The share of the profile's pace that the provider bears at present, 0.1 to 1.</summary>
    public double PaceShare { get; set; } = 1;

    public DateTimeOffset? PaceSharedAt { get; set; }

    /// <summary>Days for which finished mailings are kept, 1 to 3650; null leaves it to the operator's default.</summary>
    public int? RetentionDays { get; set; }
}

internal sealed class MailboxConfiguration : IEntityTypeConfiguration<Mailbox>
{
    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.ToTable("Mailboxes");
        builder.HasOne<Ruleset>().WithOne().HasForeignKey<Mailbox>(m => m.RulesetId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(m => m.Hold).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.Owner).HasMaxLength(100);
        builder.HasIndex(m => m.Owner, "IX_Owned").HasFilter("\"Owner\" IS NOT NULL");
        builder.Property(m => m.MailboxKey).HasMaxLength(400);
        builder.HasIndex(m => m.MailboxKey, "IX_SendsFrom").HasFilter("\"MailboxKey\" IS NOT NULL");
        builder.Property(m => m.HeldBy).HasMaxLength(320);
        builder.Property(m => m.HoldCode).HasConversion<string>().HasMaxLength(40);
        builder.Property(m => m.HoldWords).HasMaxLength(4000);
        builder.Property(m => m.WaitCode).HasConversion<string>().HasMaxLength(40);
        builder.Property(m => m.WaitWords).HasMaxLength(4000);
        builder.HasData(new Mailbox { Id = 1, RulesetId = Ruleset.DefaultId });
    }
}
