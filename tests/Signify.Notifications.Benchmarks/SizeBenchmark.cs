using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>Whether larger messages fall into a hole, as they do with Nagle's algorithm behind a buffer of 4 KB. Goal F.</summary>
internal static class SizeBenchmark
{
    private const int Messages = 5_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var (ratios, source) = (new List<double>(), new List<double>());
        for (var i = 0; i <= options.Rounds; i++)
        {
            await using var sink = await SmtpSink.StartAsync();
            var small = await RateAsync(sink, 4 * 1024);
            var large = await RateAsync(sink, 16 * 1024);
            // What neither builds nor keeps anything: the rest is the price of the bytes themselves.
            var smallest = (await sink.SourceAsync(Messages, DeliveryBenchmark.Connections, 4 * 1024)).Rate;
            var largest = (await sink.SourceAsync(Messages, DeliveryBenchmark.Connections, 16 * 1024)).Rate;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {i}, messages a second: 4 KB {small:0}, 16 KB {large:0}; smtp-source 4 KB {smallest:0}, 16 KB {largest:0}"));
            if (i > 0)
            {
                ratios.Add(large / small);
                source.Add(largest / smallest);
            }
        }

        return
        [
            new("F", "messages of 16 KB a second", "messages of 4 KB a second", "≥ 0.8", Figure.Ratio(ratios)),
            new("", "smtp-source's own messages of 16 KB a second: what the bytes cost whoever sends them", "its messages of 4 KB a second", "", Figure.Ratio(source)),
        ];
    }

    private static async Task<double> RateAsync(SmtpSink sink, int length)
    {
        await using var lab = await DeliveryLab.StartAsync(sink.Port);
        await lab.FillAsync(Messages, length);
        return (await Lap.MeasureAsync(Messages, lab.DrainAsync)).Rate;
    }
}
