using System.Diagnostics;

namespace Signify.Notifications.Benchmarks;

/// <summary>Durable delivery, end to end, against Postfix's smtp-source: interleaved rounds, medians of the ratios.</summary>
internal static class DeliveryBenchmark
{
    private const int Messages = 10_000;
    private const int Connections = 3;

    public static async Task RunAsync(int rounds)
    {
        var ratios = new List<double>();
        var cpu = new List<double>();
        await RoundAsync(2_000, 3_900);
        for (var round = 0; round < rounds; round++)
        {
            var (ours, reference, ourCpu, theirCpu) = await RoundAsync(Messages, 3_900);
            ratios.Add(reference / ours);
            cpu.Add(ourCpu / theirCpu);
            Console.WriteLine($"round {round + 1}: ours {Messages / ours:0}/s, smtp-source {Messages / reference:0}/s, ratio {reference / ours:0.00}, CPU {ourCpu / theirCpu:0.0} x ({ourCpu / Messages * 1e6:0} us a message)");
        }

        Console.WriteLine($"A. durable end to end, plain, {Connections} connections / smtp-source: {Median(ratios):0.00} (goal 0.60)");
        Console.WriteLine($"H. CPU a message / smtp-source's: {Median(cpu):0.0} (goal 3.5)");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<(double Ours, double Reference, double OurCpu, double TheirCpu)> RoundAsync(int messages, int length)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var lab = await DeliveryLab.StartAsync(sink.Port);
        await lab.FillAsync(messages, length);
        var reference = await sink.SourceAsync(messages, Connections, length);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await lab.DrainAsync();
        var ours = Stopwatch.GetElapsedTime(started);
        return (ours.TotalSeconds, reference.Wall.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, reference.Cpu.TotalSeconds);
    }
}
