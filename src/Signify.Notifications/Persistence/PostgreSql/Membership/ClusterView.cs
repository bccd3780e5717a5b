using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence.PostgreSql.Membership;

/// <summary>The number of a cluster's present view of its members: whoever changes a member raises it, and only one of two who saw the same number can.</summary>
internal sealed class ClusterView
{
    public required string ClusterId { get; init; }

    public int Version { get; set; }

    internal static void Configure(ModelBuilder model) => model.Entity<ClusterView>(builder =>
    {
        builder.ToTable("ClusterViews");
        builder.HasKey(v => v.ClusterId);
        builder.Property(v => v.ClusterId).HasMaxLength(100);
    });
}
