using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Delivery.Model;

/// <summary>
/// A message that is on its way to a server: written before its content goes, deleted with its result. One that an owner left behind
/// may have been delivered. A narrow table without further indexes, as each message writes it twice. See docs/decisions/0027.
/// </summary>
public sealed class InFlight
{
    public required long NotificationId { get; init; }

    public required int MailboxId { get; init; }

    /// <summary>The owner's.</summary>
    public required long Epoch { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}

internal sealed class InFlightConfiguration : IEntityTypeConfiguration<InFlight>
{
    public void Configure(EntityTypeBuilder<InFlight> builder)
    {
        builder.ToTable("InFlight");
        builder.HasKey(f => f.NotificationId);
        builder.Property(f => f.NotificationId).ValueGeneratedNever();
    }
}
