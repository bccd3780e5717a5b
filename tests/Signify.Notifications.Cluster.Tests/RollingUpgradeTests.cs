using Signify.Notifications.Cluster.Tests.Hosting;

namespace Signify.Notifications.Cluster.Tests;

/// <summary>One process after the other is stopped in good order and started again, while the database gets the shape of a next version.</summary>
public sealed class RollingUpgradeTests(ITestOutputHelper output)
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

    [Fact(Timeout = 300_000)]
    public async Task Old_and_new_side_by_side_across_a_migration_nothing_is_lost_or_doubled()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await ClusterLab.StartAsync();
        await lab.HandInAsync(ct);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each / 4, ct);

        var codes = new List<int>();
        foreach (var old in lab.Processes.ToList())
        {
            codes.Add(await old.TerminateAsync());
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

        Assert.InRange(lab.Sink.Different, 1, (ClusterLab.Mailboxes * ClusterLab.Each) - 1);
        await lab.Sink.ReachesAsync(ClusterLab.Mailboxes * ClusterLab.Each, ct);
        await lab.AreRecordedAsync();

        Assert.Equal([0, 0, 0], codes);
        Proof.NothingLost(lab);
        Assert.Equal(lab.Sink.Different, lab.Sink.Arrivals.Count);
        Proof.PaceKept(lab);
        Proof.ConnectionsKept(lab);
        output.WriteLine("Three processes replaced, nothing doubled.");
    }
}
