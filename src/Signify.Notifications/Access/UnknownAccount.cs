using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Signify.Notifications.Access;

/// <summary>Failed sign-ins to an address that has no account: what <see cref="User"/> stores for one that has.</summary>
public sealed class UnknownAccount
{
    /// <summary>The first half of the address's SHA-256, never the address: people type other things into that field as well.</summary>
    public required byte[] AddressHash { get; init; }

    /// <summary>Failures since the last lock.</summary>
    public required int Failures { get; set; }

    public required DateTimeOffset LastFailureAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}

internal sealed class UnknownAccountConfiguration : IEntityTypeConfiguration<UnknownAccount>
{
    public void Configure(EntityTypeBuilder<UnknownAccount> builder)
    {
        builder.ToTable("UnknownAccounts");
        builder.HasKey(a => a.AddressHash);
        builder.HasIndex(a => a.LastFailureAt);
        builder.Property(a => a.AddressHash).HasMaxLength(16);
    }
}
