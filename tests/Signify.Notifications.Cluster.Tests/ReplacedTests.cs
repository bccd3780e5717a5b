using System.Net;
using Signify.Notifications.Cluster.Tests.Hosting;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>What an operator does while everything sends: the database restarts, then one process after the other is replaced, across a migration.</summary>
public sealed class ReplacedTests(ITestOutputHelper output)
{
    // As migrations are allowed to be: they add, and take nothing away.
    private static readonly string[] NextVersion =
    [
        """ALTER TABLE "Notifications" ADD COLUMN "OfTheNextVersion" text""",
        """ALTER TABLE "Mailboxes" ADD COLUMN "OfTheNextVersion" bigint""",
        """CREATE TABLE "TableOfTheNextVersion" ("Id" bigint PRIMARY KEY)""",
        """CREATE INDEX "IX_OfTheNextVersion" ON "Notifications" ("OfTheNextVersion") WHERE "OfTheNextVersion" IS NOT NULL""",
        """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231000000_Next', '10.0.0')""",
    ];

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task The_database_restarted_and_crashed_and_every_process_replaced_nothing_is_lost_and_only_what_was_on_its_way_doubled()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync(ClusterLab.Slow);
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 6, ct);
        var open = Ends(lab);
        await lab.Database.RestartAsync();
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 4, ct);
        open.UnionWith(Ends(lab));
        await lab.Database.CrashAsync();
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 3, ct);

        var (codes, replacedAt) = (new List<int>(), 0);
        foreach (var old in lab.Processes.ToList())
        {
            await lab.KeepBusyAsync(20, ct);
            codes.Add(await old.TerminateAsync());
            // Before its successor has started, which takes as long as the machine needs.
            replacedAt = lab.Sink.Different;
            if (codes.Count == 1)
            {
                // The first of the new version brings the database to its shape; the others run on as they are.
                foreach (var statement in NextVersion)
                {
                    await lab.ExecuteAsync(statement);
                }
            }

            await lab.AddProcessAsync();
            await lab.AreActiveAsync(3);
        }

        await lab.AllArriveAsync(ct);
        await lab.AreRecordedAsync();

        Assert.InRange(replacedAt, 1, lab.Total - 1);
        Assert.Equal([0, 0, 0], codes);
        Proof.NothingLost(lab);
        Proof.DoubledAtMostWhatWasOnItsWay(lab, open);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab);
        output.WriteLine($"{open.Count} connections when the database went; {lab.Sink.Arrivals.Count - lab.Sink.Different} doubled; the last process was replaced at {replacedAt}.");
    }

    private static HashSet<IPEndPoint> Ends(ClusterLab lab) => [.. lab.Processes.SelectMany(p => p.EndsAt(lab.Sink.Port))];
}
