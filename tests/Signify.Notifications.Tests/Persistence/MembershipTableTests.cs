using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Persistence.PostgreSql.Membership;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>What the engine relies on: see the documentation of <see cref="IMembershipTable"/>.</summary>
public sealed class MembershipTableTests : IAsyncLifetime
{
    private static readonly DateTime Now = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private TestDatabase _database = null!;
    private MembershipTable _table = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PostgreSqlAsync();
        _table = Table("one");
        await _table.InitializeMembershipTable(true);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_member_is_added_with_the_next_number_of_the_view_and_comes_back_whole()
    {
        var entry = Member(1);
        entry.AddSuspector(Member(2).SiloAddress, Now.AddSeconds(3));

        Assert.True(await _table.InsertRow(entry, await NextAsync()));

        var read = await _table.ReadAll();
        var (member, _) = Assert.Single(read.Members);
        Assert.Equal(1, read.Version.Version);
        Assert.Equal(
            (entry.SiloAddress, entry.Status, entry.HostName, entry.SiloName, entry.StartTime, entry.IAmAliveTime),
            (member.SiloAddress, member.Status, member.HostName, member.SiloName, member.StartTime, member.IAmAliveTime));
        Assert.Equal(entry.SuspectTimes, member.SuspectTimes);
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_view_one_changes_it()
    {
        var next = await NextAsync();

        Assert.True(await _table.InsertRow(Member(1), next));
        Assert.False(await _table.InsertRow(Member(2), next));

        Assert.Single((await _table.ReadAll()).Members);
    }

    [Fact]
    public async Task A_member_that_is_there_is_not_added_and_the_number_stays()
    {
        await _table.InsertRow(Member(1), await NextAsync());

        Assert.False(await _table.InsertRow(Member(1), await NextAsync()));

        Assert.Equal(1, (await _table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task A_member_is_changed_by_who_saw_it_as_it_is_and_by_nobody_else()
    {
        await _table.InsertRow(Member(1), await NextAsync());
        var (member, etag) = (await _table.ReadRow(Member(1).SiloAddress)).Members.Single();
        member.Status = SiloStatus.Active;

        Assert.True(await _table.UpdateRow(member, etag, await NextAsync()));
        member.Status = SiloStatus.Dead;
        Assert.False(await _table.UpdateRow(member, etag, await NextAsync()));

        var read = await _table.ReadAll();
        Assert.Equal((2, SiloStatus.Active), (read.Version.Version, read.Members.Single().Item1.Status));
    }

    [Fact]
    public async Task A_heartbeat_changes_neither_the_member_s_mark_nor_the_number_of_the_view()
    {
        await _table.InsertRow(Member(1), await NextAsync());
        var before = (await _table.ReadAll()).Members.Single();

        var alive = Member(1);
        alive.IAmAliveTime = Now.AddMinutes(5);
        alive.Status = SiloStatus.Dead;
        await _table.UpdateIAmAlive(alive);

        var read = await _table.ReadAll();
        var (after, etag) = read.Members.Single();
        Assert.Equal((Now.AddMinutes(5), SiloStatus.Joining, before.Item2, 1), (after.IAmAliveTime, after.Status, etag, read.Version.Version));
    }

    [Fact]
    public async Task The_dead_are_cleaned_away_after_a_while_and_nobody_else()
    {
        foreach (var (number, status, alive) in new[] { (1, SiloStatus.Dead, -2), (2, SiloStatus.Dead, 0), (3, SiloStatus.Active, -2), (4, SiloStatus.Joining, -2) })
        {
            var member = Member(number);
            (member.Status, member.IAmAliveTime) = (status, Now.AddDays(alive));
            await _table.InsertRow(member, await NextAsync());
        }

        await _table.CleanupDefunctSiloEntries(Now.AddDays(-1));

        Assert.Equal([2, 3, 4], (await _table.ReadAll()).Members.Select(m => m.Item1.SiloAddress.Generation).Order());
    }

    [Fact]
    public async Task Another_cluster_in_the_same_database_is_another_cluster()
    {
        var other = Table("other");
        await other.InitializeMembershipTable(true);
        await _table.InsertRow(Member(1), await NextAsync());

        Assert.Empty((await other.ReadAll()).Members);
        await other.DeleteMembershipTableEntries("other");

        Assert.Single((await _table.ReadAll()).Members);
    }

    [Fact]
    public async Task Twenty_that_join_at_once_all_get_in_each_under_a_number_of_its_own()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(async number =>
        {
            while (!await _table.InsertRow(Member(number), await NextAsync()))
            {
            }
        }));

        var read = await _table.ReadAll();
        Assert.Equal((20, 20), (read.Members.Count, read.Version.Version));
    }

    private async Task<TableVersion> NextAsync() => (await _table.ReadAll()).Version.Next();

    private MembershipTable Table(string cluster)
    {
        var connection = _database.Configuration.Single(c => c.Key == "ConnectionStrings:Notifications").Value;
        var options = new DbContextOptionsBuilder<PostgreSqlNotificationsDbContext>()
            .UseNpgsql(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 10 }.ConnectionString).Options;
        return new MembershipTable(new Contexts(options), Options.Create(new ClusterOptions { ClusterId = cluster }));
    }

    private static MembershipEntry Member(int generation) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 11111), generation),
        Status = SiloStatus.Joining,
        HostName = "host",
        SiloName = "name",
        StartTime = Now,
        IAmAliveTime = Now,
    };

    private sealed class Contexts(DbContextOptions<PostgreSqlNotificationsDbContext> options) : IDbContextFactory<PostgreSqlNotificationsDbContext>
    {
        public PostgreSqlNotificationsDbContext CreateDbContext() => new(options);
    }
}
