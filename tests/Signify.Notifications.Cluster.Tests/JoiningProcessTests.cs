using Signify.Notifications.Cluster.Tests.Hosting;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>A fourth process joins three that are at work.</summary>
public sealed class JoiningProcessTests(ITestOutputHelper output)
{
    [Fact(Timeout = 300_000)]
    public async Task It_gets_its_share_of_the_mailboxes_and_nothing_is_lost_or_doubled_by_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync();
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 4, ct);

        var fourth = await lab.AddProcessAsync();
        await lab.AreActiveAsync(4);
        var share = 0;
        while (share < ClusterLab.Mailboxes / 8 && lab.Sink.Different < ClusterLab.Mailboxes * ClusterLab.Each)
        {
            await Task.Delay(500, ct);
            var ports = fourth.PortsTo(lab.Sink.Port);
            share = Math.Max(share, lab.Sink.Connections.Where(c => ports.Contains(c.Port)).Select(c => c.Mailbox).OfType<string>().Distinct().Count());
        }

        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each, ct);
        await lab.AreRecordedAsync();

        Assert.True(share >= ClusterLab.Mailboxes / 8, $"The fourth process has {share} of {ClusterLab.Mailboxes} mailboxes.");
        Proof.NothingLost(lab);
        Assert.Equal(lab.Sink.Different, lab.Sink.Arrivals.Count);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab);
        output.WriteLine($"The fourth process had {share} mailboxes.");
    }
}
