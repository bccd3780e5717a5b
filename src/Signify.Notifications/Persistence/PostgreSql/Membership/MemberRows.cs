using System.Globalization;

namespace Signify.Notifications.Persistence.PostgreSql.Membership;

/// <summary>Between the engine's entry of a member and its row.</summary>
internal static class MemberRows
{
    public static ClusterMember Of(MembershipEntry entry, string clusterId) => new()
    {
        ClusterId = clusterId,
        Silo = entry.SiloAddress.ToParsableString(),
        Status = entry.Status.ToString(),
        HostName = entry.HostName ?? "",
        Name = entry.SiloName ?? "",
        SuspectedBy = string.Join(' ', (entry.SuspectTimes ?? []).Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{s.Item1.ToParsableString()},{s.Item2.Ticks}"))),
        StartedAt = Utc(entry.StartTime),
        AliveAt = Utc(entry.IAmAliveTime),
    };

    public static MembershipEntry ToEntry(this ClusterMember row) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(row.Silo),
        Status = Enum.Parse<SiloStatus>(row.Status),
        HostName = row.HostName,
        SiloName = row.Name,
        SuspectTimes = [.. row.SuspectedBy.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Suspicion)],
        StartTime = row.StartedAt.UtcDateTime,
        IAmAliveTime = row.AliveAt.UtcDateTime,
    };

    /// <summary>The engine's times are UTC, whatever their kind says.</summary>
    public static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static Tuple<SiloAddress, DateTime> Suspicion(string text)
    {
        var comma = text.LastIndexOf(',');
        return Tuple.Create(
            SiloAddress.FromParsableString(text[..comma]),
            new DateTime(long.Parse(text.AsSpan(comma + 1), CultureInfo.InvariantCulture), DateTimeKind.Utc));
    }
}
