using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Signify.Notifications.Benchmarks;

/// <summary>A mailing handed in, every address and field checked, against the bare insert of the same rows, in as many commits. Goal G.</summary>
internal static class HandInBenchmark
{
    private const int Recipients = 100_000;
    private const int RowsInCommit = 2_000;

    private const string Insert = """
        INSERT INTO "Notifications" ("MailboxId", "MailingId", "To", "ToName", "Cc", "Fields", "State", "Priority", "Turn", "DueAt", "ExpiresAt",
            "AcceptedAt", "EndedAt", "Attempts", "Epoch")
        VALUES (1, @mailing, @to, NULL, NULL, @fields, 0, 1, @turn, @now, NULL, @now, NULL, 0, 0)
        """;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var ratios = new List<double>();
        for (var i = 0; i <= options.Rounds; i++)
        {
            var raw = await RawAsync();
            var ours = await HandedInAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {i}, recipients a second: handed in {ours.Rate:0}, raw insert {raw.Rate:0}"));
            if (i > 0)
            {
                ratios.Add(ours.Rate / raw.Rate);
            }
        }

        return [new("G", "bulk hand-in of 100,000 recipients, each checked, durable", "prepared insert of the same rows into the same table, in as many durable commits", "≥ 0.8", Figure.Ratio(ratios)) { Floor = "0.24" }];
    }

    private static async Task<Lap> HandedInAsync()
    {
        await using var lab = await DeliveryLab.StartAsync(port: 1);
        return await Lap.MeasureAsync(Recipients, () => lab.HandInAsync(Recipients, 400));
    }

    private static async Task<Lap> RawAsync()
    {
        await using var lab = await DeliveryLab.StartAsync(port: 1);
        var mailing = await lab.FillAsync(0, 400);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(lab.Folder, "notifications.db")};Pooling=False");
        connection.Open();
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=8000;";
        pragmas.ExecuteNonQuery();
        await using var insert = connection.CreateCommand();
        insert.CommandText = Insert;
        insert.Parameters.AddWithValue("@mailing", mailing);
        insert.Parameters.AddWithValue("@now", TimeProvider.System.GetUtcNow().UtcTicks);
        var (to, fields, turn) = (insert.Parameters.Add("@to", SqliteType.Text), insert.Parameters.Add("@fields", SqliteType.Text), insert.Parameters.Add("@turn", SqliteType.Integer));
        insert.Prepare();
        return await Lap.MeasureAsync(Recipients, () =>
        {
            for (var row = 1; row <= Recipients;)
            {
                using var transaction = connection.BeginTransaction();
                insert.Transaction = transaction;
                for (var last = row + RowsInCommit; row < last; row++)
                {
                    (to.Value, fields.Value, turn.Value) = (Letter.Recipient(row), Letter.Fields(row), row);
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            return Task.CompletedTask;
        });
    }
}
