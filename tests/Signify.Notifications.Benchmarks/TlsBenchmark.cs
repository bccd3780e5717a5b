using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>Durable delivery over STARTTLS, against smtp-source without: what encryption costs is ours to bear. Goal B.</summary>
internal static class TlsBenchmark
{
    private const int Messages = 8_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        await RoundAsync(1_000);
        var rounds = new List<(Lap Source, Lap Durable, double SinkMicroseconds)>();
        for (var i = 1; i <= options.Rounds; i++)
        {
            var round = await RoundAsync(Messages);
            rounds.Add(round);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {i}, messages a second: durable over STARTTLS {round.Durable.Rate:0}, smtp-source in clear {round.Source.Rate:0}; CPU a message: {round.Durable.CpuMicroseconds:0} us, the sink's {round.SinkMicroseconds:0} us"));
        }

        var sink = Figure.Median(rounds.Select(r => r.SinkMicroseconds)).ToString("0", CultureInfo.InvariantCulture);
        return [new("B", $"durable end to end over STARTTLS, 3 connections (the sink, in .NET, takes {sink} µs of CPU a message on the same cores)", "smtp-source in clear", "≥ 0.32", Figure.Ratio(rounds.Select(r => r.Durable.Rate / r.Source.Rate))) { Floor = "0.26" }];
    }

    private static async Task<(Lap Source, Lap Durable, double SinkMicroseconds)> RoundAsync(int messages)
    {
        await using var plain = await SmtpSink.StartAsync();
        await using var sink = await TlsSink.StartAsync();
        await using var lab = await DeliveryLab.StartAsync(sink.Port);
        await lab.FillAsync(messages, DeliveryBenchmark.UsualBytes);
        var source = await plain.SourceAsync(messages, DeliveryBenchmark.Connections, DeliveryBenchmark.UsualBytes);
        var before = sink.Cpu;
        var durable = await Lap.MeasureAsync(messages, lab.DrainAsync);
        return (source, durable, (sink.Cpu - before).TotalMicroseconds / messages);
    }
}
