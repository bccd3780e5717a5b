using System.Globalization;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// Durable delivery to a plain sink: alone, with the hand-in, against Postfix's smtp-source, and against the same sending without
/// a database. Goals A, C, D, H.
/// </summary>
internal static class DeliveryBenchmark
{
    public const int Connections = 3;

    /// <summary>Of the body.</summary>
    public const int UsualBytes = 3_900;

    private const int Messages = 10_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var rounds = await RoundsAsync(options, database: null);
        return
        [
            new("A", "durable end to end, plain, 3 connections", "smtp-source", "≥ 0.60", Ratio(rounds, r => r.Durable.Rate / r.Source.Rate)) { Floor = "0.46" },
            new("C", "the same with the durable hand-in", "smtp-source", "≥ 0.50", Ratio(rounds, r => r.WithHandIn.Rate / r.Source.Rate)) { Floor = "0.43" },
            new("D", "durable end to end", "MailKit on 3 kept connections, a message built for each, no database", "≥ 0.95", Ratio(rounds, r => r.Durable.Rate / r.MailKit.Rate)) { Floor = "0.83" },
            new("", "durable end to end", "our own sessions and ready messages, no database: the price of durability", "", Ratio(rounds, r => r.Durable.Rate / r.Session.Rate)),
            new("H", "CPU a message", "smtp-source", "≤ 3.5", Ratio(rounds, r => r.Durable.CpuMicroseconds / r.Source.CpuMicroseconds)) { Floor = "5.1" },
        ];
    }

    /// <summary>A and D on a PostgreSQL that waits for its disk. It works on the same cores as sender and sink.</summary>
    public static async Task<IReadOnlyList<Figure>> RunOnPostgreSqlAsync(BenchmarkOptions options)
    {
        await using var server = await PostgreSqlServer.StartAsync(durable: true, toDisk: true);
        var rounds = await RoundsAsync(options, server);
        return
        [
            new("A", "durable end to end on PostgreSQL, plain, 3 connections", "smtp-source", "≥ 0.60", Ratio(rounds, r => r.Durable.Rate / r.Source.Rate)),
            new("D", "durable end to end on PostgreSQL", "MailKit on 3 kept connections, a message built for each, no database", "≥ 0.95", Ratio(rounds, r => r.Durable.Rate / r.MailKit.Rate)),
        ];
    }

    private static async Task<List<Round>> RoundsAsync(BenchmarkOptions options, PostgreSqlServer? database)
    {
        // Until the compiler has seen what matters: it goes on for some 20,000 messages.
        await RoundAsync(Messages, database);
        await RoundAsync(Messages, database);
        var rounds = new List<Round>();
        for (var i = 1; i <= options.Rounds; i++)
        {
            var round = await RoundAsync(Messages, database);
            rounds.Add(round);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {i}, messages a second: durable {round.Durable.Rate:0}, with hand-in {round.WithHandIn.Rate:0}, own session without database {round.Session.Rate:0}, MailKit {round.MailKit.Rate:0}, smtp-source {round.Source.Rate:0}; CPU a message: {round.Durable.CpuMicroseconds:0} us, smtp-source {round.Source.CpuMicroseconds:0} us"));
        }

        return rounds;
    }

    private static string Ratio(List<Round> rounds, Func<Round, double> of) => Figure.Ratio(rounds.Select(of));

    private static async Task<Round> RoundAsync(int messages, PostgreSqlServer? database)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var lab = await DeliveryLab.StartAsync(sink.Port, configuration: database is null ? null : new()
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Notifications"] = await database.CreateAsync(),
        });
        await lab.FillAsync(messages, UsualBytes);
        return new Round(
            await sink.SourceAsync(messages, Connections, UsualBytes),
            await Lap.MeasureAsync(messages, lab.DrainAsync),
            await BareSending.MailKitAsync(sink.Port, messages, Connections, UsualBytes),
            await BareSending.SessionsAsync(lab, messages, Connections, UsualBytes),
            await Lap.MeasureAsync(messages, async () =>
            {
                await lab.HandInAsync(messages, UsualBytes);
                await lab.DrainAsync();
            }));
    }

    private sealed record Round(Lap Source, Lap Durable, Lap MailKit, Lap Session, Lap WithHandIn);
}
