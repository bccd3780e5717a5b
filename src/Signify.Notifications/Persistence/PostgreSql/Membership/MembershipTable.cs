using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Signify.Notifications.Persistence.PostgreSql.Membership;

/// <summary>
/// The engine's table of members, in the database that holds the queue: a second server that may lose what it knows would split the
/// cluster in two. The contract is that of <see cref="IMembershipTable"/>: a change of a member and of the view's number happen
/// together or not at all, a heartbeat changes neither.
/// </summary>
internal sealed class MembershipTable(IDbContextFactory<PostgreSqlNotificationsDbContext> contexts, IOptions<ClusterOptions> cluster) : IMembershipTable
{
    private string ClusterId => cluster.Value.ClusterId;

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        if (tryInitTableVersion)
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "ClusterViews" ("ClusterId", "Version") VALUES ({ClusterId}, 0) ON CONFLICT DO NOTHING""");
        }
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.Set<ClusterMember>().Where(m => m.ClusterId == clusterId).ExecuteDeleteAsync();
        await db.Set<ClusterView>().Where(v => v.ClusterId == clusterId).ExecuteDeleteAsync();
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        await using var db = await contexts.CreateDbContextAsync();
        // Only the dead: one that is cut off for long may still come back and must find itself declared dead, not forgotten.
        await Members(db).Where(m => m.Status == nameof(SiloStatus.Dead) && m.AliveAt < beforeDate).ExecuteDeleteAsync();
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var silo = key.ToParsableString();
        return await ReadAsync(members => members.Where(m => m.Silo == silo));
    }

    public Task<MembershipTableData> ReadAll() => ReadAsync(members => members);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => ChangeAsync(tableVersion, async db =>
    {
        var added = MemberRows.Of(entry, ClusterId);
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ClusterMembers" ("ClusterId", "Silo", "Status", "HostName", "Name", "SuspectedBy", "StartedAt", "AliveAt", "Version")
            VALUES ({added.ClusterId}, {added.Silo}, {added.Status}, {added.HostName}, {added.Name}, {added.SuspectedBy},
                    {added.StartedAt.UtcTicks}, {added.AliveAt.UtcTicks}, 0)
            ON CONFLICT DO NOTHING
            """) == 1;
    });

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(tableVersion, async db =>
    {
        var (seen, changed) = (int.Parse(etag, CultureInfo.InvariantCulture), MemberRows.Of(entry, ClusterId));
        return await Members(db).Where(m => m.Silo == changed.Silo && m.Version == seen).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, changed.Status).SetProperty(m => m.HostName, changed.HostName).SetProperty(m => m.Name, changed.Name)
            .SetProperty(m => m.SuspectedBy, changed.SuspectedBy).SetProperty(m => m.StartedAt, changed.StartedAt)
            .SetProperty(m => m.AliveAt, changed.AliveAt).SetProperty(m => m.Version, m => m.Version + 1)) == 1;
    });

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        var (silo, now) = (entry.SiloAddress.ToParsableString(), MemberRows.Utc(entry.IAmAliveTime));
        await using var db = await contexts.CreateDbContextAsync();
        await Members(db).Where(m => m.Silo == silo).ExecuteUpdateAsync(set => set.SetProperty(m => m.AliveAt, now));
    }

    private async Task<MembershipTableData> ReadAsync(Func<IQueryable<ClusterMember>, IQueryable<ClusterMember>> which)
    {
        await using var db = await contexts.CreateDbContextAsync();
        // The members and the number of one and the same view.
        await using var view = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var version = await db.Set<ClusterView>().Where(v => v.ClusterId == ClusterId).Select(v => v.Version).SingleOrDefaultAsync();
        var members = await which(Members(db)).AsNoTracking().ToListAsync();
        return new MembershipTableData(
            [.. members.Select(m => Tuple.Create(m.ToEntry(), Text(m.Version)))], new TableVersion(version, Text(version)));
    }

    private async Task<bool> ChangeAsync(TableVersion next, Func<PostgreSqlNotificationsDbContext, Task<bool>> change)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var expected = next.Version - 1;
        if (await db.Set<ClusterView>().Where(v => v.ClusterId == ClusterId && v.Version == expected)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.Version, next.Version)) == 0
            || !await change(db))
        {
            return false;
        }

        await transaction.CommitAsync();
        return true;
    }

    private IQueryable<ClusterMember> Members(PostgreSqlNotificationsDbContext db) => db.Set<ClusterMember>().Where(m => m.ClusterId == ClusterId);

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
