using System.Globalization;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// Thirty mailboxes without sending limits that send at the same time from one process, on a PostgreSQL that waits for its disk:
/// their messages share commits. Goal M.
/// </summary>
internal static class RelaysBenchmark
{
    private const int Mailboxes = 30;
    private const int MessagesEach = 500;
    private const int Messages = Mailboxes * MessagesEach;
    private const int Connections = Mailboxes * DeliveryBenchmark.Connections;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        await using var server = await PostgreSqlServer.StartAsync(durable: true, toDisk: true);
        await using var work = await PostgreSqlWork.StartAsync(server);
        await RoundAsync(server, work);
        var rounds = new List<Round>();
        for (var i = 1; i <= options.Rounds; i++)
        {
            var round = await RoundAsync(server, work);
            rounds.Add(round);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {i}, messages a second: durable {round.Durable.Rate:0}, smtp-source {round.Source.Rate:0}; CPU a message: the program {round.Durable.CpuMicroseconds:0} us, PostgreSQL {round.Work.CpuMicroseconds(Messages):0} us; {Messages / round.Work.Commits:0.0} messages a commit, {round.Work.Commits / round.Durable.Wall.TotalSeconds:0} commits a second; at work: {round.Work.Shares()}"));
        }

        return
        [
            new("M", $"durable end to end on PostgreSQL, plain, {Mailboxes} mailboxes at the same time, {Connections} connections", "smtp-source with as many", "≥ 0.40",
                Figure.Ratio(rounds.Select(r => r.Durable.Rate / r.Source.Rate))),
        ];
    }

    private static async Task<Round> RoundAsync(PostgreSqlServer server, PostgreSqlWork work)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var lab = await DeliveryLab.StartAsync(sink.Port, configuration: new()
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Notifications"] = await server.CreateAsync(),
        });
        var rulesets = await SeededMailboxes.AddAsync(lab, Mailboxes);
        var mailboxes = await SeededMailboxes.SubmitAsync(lab, rulesets, MessagesEach, DeliveryBenchmark.UsualBytes);
        var source = await sink.SourceAsync(Messages, Connections, DeliveryBenchmark.UsualBytes);
        await work.BeginAsync();
        var durable = await Lap.MeasureAsync(Messages, () => Task.WhenAll(mailboxes.Select(mailbox => Task.Run(() => DrainAsync(lab, mailbox)))));
        var done = await work.EndAsync();
        await lab.ExpectAllSentAsync();
        return new Round(source, durable, done);
    }

    private static async Task DrainAsync(DeliveryLab lab, int mailbox)
    {
        await using var pump = (await MailboxPump.TakeOverAsync(lab.Get<SenderParts>(), mailbox, CancellationToken.None))!;
        await pump.DrainAsync(CancellationToken.None);
    }

    private sealed record Round(Lap Source, Lap Durable, PostgreSqlWorkDone Work);
}
