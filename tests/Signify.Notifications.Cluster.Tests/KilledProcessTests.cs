using System.Security.Cryptography.X509Certificates;
using Signify.Notifications.Cluster.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>Three real processes on PostgreSQL, with TLS between them; one is killed while all of them send, and later two others join.</summary>
public sealed class KilledProcessTests(ITestOutputHelper output)
{
    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Killed_at_half_it_loses_nothing_its_mailboxes_run_again_in_seconds_and_who_joins_gets_a_share()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync(ClusterLab.Slow);
        await StrangersStayOutAsync(lab, ct);
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 2, ct);

        var victims = lab.Processes[0].EndsAt(lab.Sink.Port);
        await lab.Processes[0].KillAsync();
        var killedAt = TimeProvider.System.GetUtcNow();
        var joined = await lab.AddProcessAsync();
        await lab.KeepBusyAsync(20, ct);
        var share = await ShareAsync(lab, joined, ct);
        await lab.AllArriveAsync(ct);
        await lab.AreRecordedAsync();

        Proof.NothingLost(lab);
        Proof.DoubledAtMostWhatWasOnItsWay(lab, victims);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab);
        var longest = Proof.RunningAgain(lab, victims, killedAt, TimeSpan.FromSeconds(20));
        Assert.True(share >= ClusterLab.Mailboxes / 6, $"The process that joined has {share} of {ClusterLab.Mailboxes} mailboxes.");
        output.WriteLine(
            $"{victims.Count} connections of the victim; its mailboxes stood still for {longest.TotalSeconds:0.0} s at most; {lab.Sink.Arrivals.Count - lab.Sink.Different} doubled; the fourth process got {share}.");
    }

    /// <summary>Whoever does not show the cluster's certificate takes no part, though the port is open to all of the machine.</summary>
    private static async Task StrangersStayOutAsync(ClusterLab lab, CancellationToken ct)
    {
        using X509Certificate2 own = lab.LoadCertificate(), another = TestPairs.Make(name: ClusterLab.KeyFile);
        var port = await lab.SiloPortAsync();
        // The engine hangs up on a silent member after a while, too. A stranger that was let in would outlast the member, who came
        // before it, in
        // every round; one that is refused at its handshake does not, except where the machine is slow.
        for (var round = 0; round < 10; round++)
        {
            var member = SiloDoor.HangsUpAsync(port, own, ct);
            var strangers = Task.WhenAll(SiloDoor.HangsUpAsync(port, another, ct), SiloDoor.HangsUpAsync(port, shown: null, ct));
            if (await Task.WhenAny(member, strangers).WaitAsync(TestTimeouts.Step, ct) == strangers)
            {
                await strangers;
                return;
            }
        }

        Assert.Fail("The strangers stayed connected for as long as a member.");
    }

    /// <returns>How many mailboxes the process sends for, once that is a share or all is sent.</returns>
    private static async Task<int> ShareAsync(ClusterLab lab, ClusterProcess process, CancellationToken ct)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        var share = 0;
        while (share < ClusterLab.Mailboxes / 6 && lab.Sink.Different < lab.Total)
        {
            await again.WaitForNextTickAsync(ct);
            share = Math.Max(share, lab.Sink.MailboxesOf(process.EndsAt(lab.Sink.Port)).Count);
        }

        return share;
    }
}
