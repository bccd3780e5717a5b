using Signify.Notifications.Cluster.Tests.Hosting;
using Signify.Notifications.Delivery.Grains;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>A process that stands still for twenty seconds and then goes on, believing that no time has passed: as a virtual machine that is moved.</summary>
public sealed class FrozenProcessTests(ITestOutputHelper output)
{
    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Frozen_and_thawed_it_sends_nothing_that_others_took_over_and_leaves_by_itself()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync(ClusterLab.Slow);
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 3, ct);

        var victim = lab.Processes[0];
        await victim.SignalAsync("STOP");
        var frozenAt = TimeProvider.System.GetUtcNow();
        var victims = victim.EndsAt(lab.Sink.Port);
        await Task.Delay(TimeSpan.FromSeconds(20), ct);
        await victim.SignalAsync("CONT");
        var code = await victim.ExitAsync(ct);
        await lab.AllArriveAsync(ct);
        await lab.AreRecordedAsync();

        Assert.Equal(ProcessExit.Code, code);
        Proof.NothingLost(lab);
        Proof.DoubledAtMostWhatWasOnItsWay(lab, victims);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab, besides: victims);
        var longest = Proof.RunningAgain(lab, victims, frozenAt, TimeSpan.FromSeconds(20));
        output.WriteLine($"{victims.Count} connections of the victim; its mailboxes stood still for {longest.TotalSeconds:0.0} s at most; {lab.Sink.Arrivals.Count - lab.Sink.Different} doubled.");
    }
}
