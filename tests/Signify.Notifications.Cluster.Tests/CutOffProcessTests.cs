using Signify.Notifications.Cluster.Tests.Hosting;
using Signify.Notifications.Delivery.Grains;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>One process of three behind cables of its own, of which some are pulled out: packets vanish, and nobody is told.</summary>
public sealed class CutOffProcessTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(25);

    [Theory(Timeout = 300_000)]
    [InlineData(CutNetwork.Database)]
    [InlineData(CutNetwork.Peers)]
    [InlineData(CutNetwork.Database, CutNetwork.Peers)]
    public async Task Cut_off_it_leaves_and_the_others_take_its_mailboxes_over(params string[] cables)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync(cut: true);
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 3, ct);

        var victim = lab.Processes[0];
        var victims = victim.PortsTo(lab.Sink.Port);
        var cutAt = TimeProvider.System.GetUtcNow();
        foreach (var cable in cables)
        {
            await lab.Network!.PullOutAsync(cable);
        }

        await Task.Delay(Cut, ct);
        foreach (var cable in cables)
        {
            await lab.Network!.PlugInAsync(cable);
        }

        var code = await victim.ExitAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each, ct);
        await lab.AreRecordedAsync();

        Assert.Equal(ProcessExit.Code, code);
        Proof.NothingLost(lab);
        Proof.DoubledAtMostWhatWasOnItsWay(lab, victims);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab, besides: victims);
        var longest = Proof.RunningAgain(lab, victims, cutAt, TimeSpan.FromSeconds(20));
        output.WriteLine($"{victims.Count} connections of the victim; its mailboxes stood still for {longest.TotalSeconds:0.0} s at most; {lab.Sink.Arrivals.Count - lab.Sink.Different} doubled.");
    }
}
