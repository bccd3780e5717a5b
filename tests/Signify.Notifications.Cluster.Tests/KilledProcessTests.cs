using Signify.Notifications.Cluster.Tests.Hosting;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>Three real processes on PostgreSQL, with TLS between them; one is killed while all of them send.</summary>
public sealed class KilledProcessTests(ITestOutputHelper output)
{
    [Fact(Timeout = 300_000)]
    public async Task Killed_at_half_it_loses_nothing_doubles_at_most_what_was_on_its_way_and_its_mailboxes_run_again_in_seconds()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync();
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 2, ct);

        var victims = lab.Processes[0].PortsTo(lab.Sink.Port);
        await lab.Processes[0].KillAsync();
        var killedAt = TimeProvider.System.GetUtcNow();
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each, ct);
        await lab.AreRecordedAsync();

        Proof.NothingLost(lab);
        Proof.DoubledAtMostWhatWasOnItsWay(lab, victims);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab);
        var longest = Proof.RunningAgain(lab, victims, killedAt, TimeSpan.FromSeconds(20));
        output.WriteLine($"{victims.Count} connections of the victim; its mailboxes stood still for {longest.TotalSeconds:0.0} s at most; {lab.Sink.Arrivals.Count - lab.Sink.Different} doubled.");
    }
}
