using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence.Moving;

/// <summary>A queue in the middle of its work, moved.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class MovedQueueTests
{
    [Fact]
    public async Task Sending_goes_on_where_it_was_with_nothing_lost_and_nothing_twice()
    {
        await using var lab = await MoveLab.StartAsync();
        List<string> before;
        // Its folder goes with it.
        var (folder, shared) = (new TestFolder(), new TestFolder());
        var configuration = new Dictionary<string, string?> { ["ConnectionStrings:Notifications"] = $"Data Source={folder.Data}/notifications.db", ["Data:Directory"] = folder.Data };
        await using (var pump = await PumpLab.StartAsync(configuration: configuration, folder: folder))
        {
            await pump.HandInAsync(15);
            await pump.DrainAsync();
            await pump.HandInAsync(25);
            before = [.. pump.Server.Accepted];
            await pump.Library.DisposeAsync();
            await MoveLab.Move(configuration, folder.Path).ToPostgreSqlAsync(lab.Database.Connection!, TestContext.Current.CancellationToken);
        }

        await using var there = await PumpLab.StartAsync(configuration: new Dictionary<string, string?>(lab.Database.Configuration), folder: shared);
        await there.DrainAsync();
        await there.HandInAsync(1);
        await there.DrainAsync();

        Assert.Equal(15, before.Count);
        Assert.Equal([.. Enumerable.Range(16, 25).Select(i => $"r{i}@contoso.com").Append("r1@contoso.com").Order()], there.Server.Accepted.Order());
        Assert.All(await there.RowsAsync(), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
        Assert.Equal(Enumerable.Range(1, 41).Select(i => (long)i), (await there.RowsAsync()).Select(n => n.Id));
    }
}
