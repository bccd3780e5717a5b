using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Access.Sessions;

/// <summary>A browser that is signed in. Its cookie carries a token of which the row stores the hash; without the row it is void.</summary>
public sealed class UserSession
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required byte[] TokenHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user last entered a password, a code or a passkey in this session.</summary>
    public required DateTimeOffset AuthenticatedAt { get; set; }

    /// <summary>True to the minute.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>However active it is.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the user showed a second factor, or a passkey, in this session.</summary>
    public required bool MultiFactor { get; set; }

    /// <summary>Browser and system, such as "Firefox on Windows".</summary>
    public required string Device { get; set; }

    /// <summary>The network address it was last seen from.</summary>
    public required string Address { get; set; }
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("Sessions");
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => s.TokenHash).IsUnique();
        builder.HasIndex(s => new { s.UserId, s.CreatedAt });
        builder.HasIndex(s => s.ExpiresAt);
        builder.Property(s => s.TokenHash).HasMaxLength(32);
        builder.Property(s => s.Device).HasMaxLength(SessionOrigin.DeviceLimit);
        builder.Property(s => s.Address).HasMaxLength(SessionOrigin.AddressLimit);
    }
}
