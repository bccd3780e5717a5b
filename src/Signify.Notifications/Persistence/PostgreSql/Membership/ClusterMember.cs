using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence.PostgreSql.Membership;

/// <summary>A process of the cluster, as the engine's membership protocol knows it.</summary>
internal sealed class ClusterMember
{
    public required string ClusterId { get; init; }

    /// <summary>Address, port and generation: a process that starts again on the same port is another member.</summary>
    public required string Silo { get; init; }

    /// <summary>The engine's word: Joining, Active, ShuttingDown, Stopping, Dead.</summary>
    public required string Status { get; set; }

    public required string HostName { get; set; }

    public required string Name { get; set; }

    /// <summary>The members that could not reach it, and when: one "silo,UTC ticks" for each, parted by blanks.</summary>
    public required string SuspectedBy { get; set; }

    public required DateTimeOffset StartedAt { get; set; }

    /// <summary>Its heartbeat. Changed by itself alone, without <see cref="Version"/>.</summary>
    public required DateTimeOffset AliveAt { get; set; }

    /// <summary>Raised by each change but the heartbeat's.</summary>
    public int Version { get; set; }

    internal static void Configure(ModelBuilder model) => model.Entity<ClusterMember>(builder =>
    {
        builder.ToTable("ClusterMembers");
        builder.HasKey(m => new { m.ClusterId, m.Silo });
        builder.Property(m => m.ClusterId).HasMaxLength(100);
        builder.Property(m => m.Silo).HasMaxLength(100);
        builder.Property(m => m.Status).HasMaxLength(20);
        builder.Property(m => m.HostName).HasMaxLength(255);
        builder.Property(m => m.Name).HasMaxLength(255);
    });
}
