using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Model;

/// <summary>
/// A message that is on its way to a server, or was sent and is not settled yet: written before its content goes, deleted with its
/// result. One without a result that an owner left behind may have been delivered. A narrow table without further indexes, as each
/// message writes it twice. See docs/decisions/0027.
/// </summary>
public sealed class InFlight
{
    public required long NotificationId { get; init; }

    public required int MailboxId { get; init; }

    /// <summary>The owner's.</summary>
    public required long Epoch { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Set when it was sent: the notification, its mailing and its attempt are not updated yet, and anyone may do it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public Route? Route { get; init; }

    /// <summary>The server's response to what was sent, without secrets.</summary>
    public string? Response { get; init; }
}

internal sealed class InFlightConfiguration : IEntityTypeConfiguration<InFlight>
{
    public void Configure(EntityTypeBuilder<InFlight> builder)
    {
        builder.ToTable("InFlight");
        builder.HasKey(f => f.NotificationId);
        builder.Property(f => f.NotificationId).ValueGeneratedNever();
        builder.Property(f => f.Response).HasMaxLength(2000);
    }
}
