using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>What an operation costs as the history grows tenfold and tenfold again, on either database. It should not grow with it.</summary>
internal static class GrowthBenchmark
{
    public const string Name = "growth";

    private const long Smallest = 10_000;
    private const string Begin = "<!-- growth: ./bench.sh growth --write -->";
    private const string End = "<!-- end of growth -->";

    /// <returns>No figure of the goals: its tables stand for themselves.</returns>
    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var largest = options.Rows ?? (options.Full ? 10_000_000 : 1_000_000);
        var parts = new List<string> { Machine.Describe() };
        foreach (var (database, file) in new[] { ("SQLite", "sqlite"), ("PostgreSQL", "postgresql") })
        {
            var steps = await MeasureAsync(database, largest);
            var part = $"**{database}**\n\n{GrowthTable.Of(steps)}";
            Console.WriteLine($"\n{part}\n");
            parts.Add(part);
            if (options.Write)
            {
                await File.WriteAllTextAsync(Path.Combine("docs", "images", $"growth-{file}.svg"), GrowthChart.Of(database, steps));
            }
        }

        if (options.Write)
        {
            await MarkedPart.WriteAsync(Path.Combine("docs", "performance.md"), Begin, End, string.Join("\n\n", parts));
        }

        return [];
    }

    private static async Task<IReadOnlyList<GrowthStep>> MeasureAsync(string database, long largest)
    {
        await using var lab = await (database == "SQLite" ? GrowthLab.OnSqliteAsync() : GrowthLab.OnPostgreSqlAsync());
        await lab.SetUpAsync();
        var steps = new List<GrowthStep>();
        for (var rows = Smallest; rows <= largest; rows *= 10)
        {
            var started = TimeProvider.System.GetTimestamp();
            var (before, had) = (await lab.BytesAsync(), steps.Count == 0 ? 0 : steps[^1].Rows);
            await lab.GrowAsync(had, rows, largest);
            // Of the rows of this step alone: what the measurements left behind is not history.
            var bytes = (await lab.BytesAsync() - before) / (rows - had);
            var grown = TimeProvider.System.GetElapsedTime(started);
            var measures = new GrowthMeasures(lab, rows);
            await (steps.Count == 0 ? measures.WarmUpAsync() : Task.CompletedTask);
            var costs = await measures.RunAsync();
            steps.Add(new GrowthStep(rows, bytes, costs));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{database}, {rows:N0} rows: grown in {grown.TotalSeconds:0} s, measured in {(TimeProvider.System.GetElapsedTime(started) - grown).TotalSeconds:0} s; {string.Join(", ", costs.Select(c => $"{c.Operation} {c.Milliseconds:0.00}"))} ms; {bytes} bytes a row"));
        }

        return steps;
    }
}
