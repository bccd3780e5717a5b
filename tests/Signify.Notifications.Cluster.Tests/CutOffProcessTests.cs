using System.Net;
using Signify.Notifications.Cluster.Tests.Hosting;
using Signify.Notifications.Delivery.Grains;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>One process of three behind cables of its own, of which some are pulled out: packets vanish, and nobody is told.</summary>
public sealed class CutOffProcessTests(ITestOutputHelper output)
{
    // Longer than of a killed one: a mailbox that was just to move over the cut cable waits until the cluster has found out and the lease has ended.
    private static readonly TimeSpan FoundOut = TimeSpan.FromSeconds(40);

    // Of each mailbox before a cut: one that has sent everything is taken over by nobody, and the victim sends on for a while.
    private const int Reserve = 30;

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Cut_off_from_the_database_from_its_peers_and_from_both_it_leaves_and_the_others_take_its_mailboxes_over()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync(ClusterLab.Slowest, cut: true);
        var harmed = new HashSet<IPEndPoint>();
        var victim = lab.Processes[0];
        await lab.HandInAsync(ct);
        foreach (var cables in (Cable[][])[[Cable.Database], [Cable.Peers], [Cable.Database, Cable.Peers]])
        {
            var victims = await SendingAsync(lab, victim, ct);
            harmed.UnionWith(victims);
            var cutAt = TimeProvider.System.GetUtcNow();
            await Task.WhenAll(cables.Select(lab.Network!.PullOutAsync));
            // Whatever it does, the others go on; then the cables are plugged in again, and it finds that it is out.
            harmed.UnionWith(await TakenOverAsync(lab, victim, victims, cutAt, ct));
            await Task.WhenAll(cables.Select(lab.Network!.PlugInAsync));

            Assert.Equal(ProcessExit.Code, await victim.ExitAsync(ct));
            var longest = Proof.RunningAgain(lab, victims, cutAt, FoundOut);
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

    /// <summary>Until it sends for its share: one that has just come has nothing yet that could be taken over.</summary>
    /// <returns>The ends of its connections.</returns>
    private static async Task<IReadOnlySet<IPEndPoint>> SendingAsync(ClusterLab lab, ClusterProcess process, CancellationToken ct)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            await lab.KeepBusyAsync(Reserve, ct);
            var ends = process.EndsAt(lab.Sink.Port);
            if (lab.Sink.MailboxesOf(ends).Count >= ClusterLab.Mailboxes / 6)
            {
                return ends;
            }

            await again.WaitForNextTickAsync(ct);
        }
    }

    /// <summary>Until others have sent for every mailbox of the victim's. Cut off from its peers alone, it sends on itself until it sees that it is out.</summary>
    /// <returns>The ends of all connections that the victim had meanwhile.</returns>
    private static async Task<IReadOnlySet<IPEndPoint>> TakenOverAsync(ClusterLab lab, ClusterProcess victim, IReadOnlySet<IPEndPoint> victims, DateTimeOffset since, CancellationToken ct)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var its = victims.ToHashSet();
        var mailboxes = lab.Sink.MailboxesOf(victims);
        while (true)
        {
            // A mailbox with nothing left to send would never be seen to be taken over.
            await lab.KeepBusyAsync(Reserve, ct, except: victim);
            its.UnionWith(victim.EndsAt(lab.Sink.Port));
            var others = lab.Sink.Connections.Where(c => !its.Contains(c.From)).Select(c => c.Id).ToHashSet();
            if (mailboxes.IsSubsetOf(lab.Sink.Arrivals.Where(a => a.At > since && others.Contains(a.Connection)).Select(a => a.Mailbox)))
            {
                return its;
            }

            await again.WaitForNextTickAsync(ct);
        }
    }
}
