using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence.PostgreSql.Membership;

/// <summary>A process that sends, and when the database last heard of it.</summary>
internal sealed class SenderProcess
{
    public required string Id { get; init; }

    /// <summary>By the database's own clock.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>Those that were seen within the lease of <c>LeaseSql</c>.</summary>
    internal const string CountAlive =
        """SELECT COUNT(*)::int AS "Value" FROM "SenderProcesses" WHERE "SeenAt" > clock_timestamp() - interval '8 seconds'""";

    internal static void Configure(ModelBuilder model) => model.Entity<SenderProcess>(builder =>
    {
        builder.ToTable("SenderProcesses");
        builder.Property(p => p.Id).HasMaxLength(100);
    });
}
