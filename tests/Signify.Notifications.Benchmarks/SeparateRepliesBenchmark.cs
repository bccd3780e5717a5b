using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// A server that answers each pipelined command in a packet of its own, with Nagle's algorithm on, against the same server that answers
/// them in one: what is lost while the server waits for our kernel's acknowledgments. Over STARTTLS, where a reply is a record.
/// </summary>
internal static class SeparateRepliesBenchmark
{
    private const int Messages = 3_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        await RoundAsync(500);
        var rounds = new List<(double Separate, double Together)>();
        for (var i = 1; i <= options.Rounds; i++)
        {
            var round = await RoundAsync(Messages);
            rounds.Add(round);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {i}, messages a second: a packet for each reply {round.Separate:0}, one for all {round.Together:0}"));
        }

        return
        [
            new("",
                "own sessions to a server that answers each pipelined command in a packet of its own, Nagle's algorithm on",
                "the same server, all answers in one packet",
                "≥ 0.50",
                Figure.Ratio(rounds.Select(r => r.Separate / r.Together))),
        ];
    }

    private static async Task<(double Separate, double Together)> RoundAsync(int messages) =>
        (await RateAsync(messages, separate: true), await RateAsync(messages, separate: false));

    private static async Task<double> RateAsync(int messages, bool separate)
    {
        await using var sink = await TlsSink.StartAsync(separate: separate);
        await using var lab = await DeliveryLab.StartAsync(sink.Port);
        return (await BareSending.SessionsAsync(lab, messages, DeliveryBenchmark.Connections, DeliveryBenchmark.UsualBytes)).Rate;
    }
}
