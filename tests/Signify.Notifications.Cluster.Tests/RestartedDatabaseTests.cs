using Signify.Notifications.Cluster.Tests.Hosting;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>The database goes away under load and comes back, once in good order and once by a crash.</summary>
public sealed class RestartedDatabaseTests(ITestOutputHelper output)
{
    [Fact(Timeout = 300_000)]
    public async Task Restarted_and_crashed_under_load_nothing_is_lost_and_only_what_was_on_its_way_doubled()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync();
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 4, ct);
        var open = Ports(lab);
        await lab.Database.RestartAsync();
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 2, ct);
        open.UnionWith(Ports(lab));
        await lab.Database.CrashAsync();
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each, ct);
        await lab.AreRecordedAsync();

        Proof.NothingLost(lab);
        Proof.DoubledAtMostWhatWasOnItsWay(lab, open);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab);
        output.WriteLine($"{open.Count} connections; {lab.Sink.Arrivals.Count - lab.Sink.Different} doubled.");
    }

    private static HashSet<int> Ports(ClusterLab lab) => [.. lab.Processes.SelectMany(p => p.PortsTo(lab.Sink.Port))];
}
