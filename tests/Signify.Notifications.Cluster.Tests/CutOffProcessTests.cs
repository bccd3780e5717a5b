using Signify.Notifications.Cluster.Tests.Hosting;
using Signify.Notifications.Delivery.Grains;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>One process of three behind cables of its own, of which some are pulled out: packets vanish, and nobody is told.</summary>
public sealed class CutOffProcessTests(ITestOutputHelper output)
{
    [Fact(Timeout = 300_000)]
    public async Task Cut_off_from_the_database_from_its_peers_and_from_both_it_leaves_and_the_others_take_its_mailboxes_over()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync(ClusterLab.Slowest, cut: true);
        var harmed = new HashSet<int>();
        var victim = lab.Processes[0];
        await lab.HandInAsync(ct);
        foreach (var cables in (Cable[][])[[Cable.Database], [Cable.Peers], [Cable.Database, Cable.Peers]])
        {
            await lab.KeepBusyAsync(ct);
            var from = lab.Sink.Different;
            await lab.Sink.ReachesAsync(from + ClusterLab.Mailboxes, ct);
            var victims = victim.PortsTo(lab.Sink.Port);
            harmed.UnionWith(victims);
            var cutAt = TimeProvider.System.GetUtcNow();
            await Task.WhenAll(cables.Select(lab.Network!.PullOutAsync));
            // Whatever it does, the others go on; then the cables are plugged in again, and it finds that it is out.
            await TakenOverAsync(lab, victims, cutAt, ct);
            await Task.WhenAll(cables.Select(lab.Network!.PlugInAsync));

            Assert.Equal(ProcessExit.Code, await victim.ExitAsync(ct));
            var longest = Proof.RunningAgain(lab, victims, cutAt, TimeSpan.FromSeconds(20));
            output.WriteLine($"{string.Join(" and ", cables)}: {victims.Count} connections of the victim; its mailboxes stood still for {longest.TotalSeconds:0.0} s at most.");
            victim = await lab.AddProcessAsync(lab.Network);
            await lab.AreActiveAsync(3);
        }

        await lab.AllArriveAsync(ct);
        await lab.AreRecordedAsync();

        Proof.NothingLost(lab);
        Proof.DoubledAtMostWhatWasOnItsWay(lab, harmed);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab, besides: harmed);
    }

    /// <summary>Until every mailbox of the victim's has sent something since.</summary>
    private static async Task TakenOverAsync(ClusterLab lab, IReadOnlySet<int> victims, DateTimeOffset since, CancellationToken ct)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var mailboxes = lab.Sink.Connections.Where(c => victims.Contains(c.Port) && c.Mailbox is not null).Select(c => c.Mailbox!).ToHashSet();
        while (!mailboxes.IsSubsetOf(lab.Sink.Arrivals.Where(a => a.At > since + TimeSpan.FromSeconds(2)).Select(a => a.Mailbox)))
        {
            await again.WaitForNextTickAsync(ct);
        }
    }
}
